// unpacked gives the program that the page holds as text, as an answer that can be compiled while it is still being unpacked, and while the
// rest of the page is still being read. next gives the text of one element after the other, or a promise of it, and nothing at the end. Eight
// characters are seven bytes of the packed program: onefile.go says how.
function unpacked(next) {
  const packed = new ReadableStream({
    async pull(to) {
      const text = await next();
      if (text === undefined) return to.close();
      const bytes = new Uint8Array(Math.floor((text.length * 7) / 8));
      const whole = text.length & ~7;
      let n = 0;
      for (let i = 0; i < whole; i += 8) {
        const b = text.charCodeAt(i + 1) & 127, c = text.charCodeAt(i + 2) & 127, d = text.charCodeAt(i + 3) & 127;
        const e = text.charCodeAt(i + 4) & 127, f = text.charCodeAt(i + 5) & 127, g = text.charCodeAt(i + 6) & 127;
        bytes[n++] = (text.charCodeAt(i) << 1) | (b >> 6);
        bytes[n++] = (b << 2) | (c >> 5);
        bytes[n++] = (c << 3) | (d >> 4);
        bytes[n++] = (d << 4) | (e >> 3);
        bytes[n++] = (e << 5) | (f >> 2);
        bytes[n++] = (f << 6) | (g >> 1);
        bytes[n++] = (g << 7) | (text.charCodeAt(i + 7) & 127);
      }
      for (let i = 0; n < bytes.length; i++) bytes[n++] = ((text.charCodeAt(whole + i) & 127) << (i + 1)) | ((text.charCodeAt(whole + i + 1) & 127) >> (6 - i));
      to.enqueue(bytes);
    },
  });
  return new Response(packed.pipeThrough(new DecompressionStream("gzip")), { headers: { "Content-Type": "application/wasm" } });
}
