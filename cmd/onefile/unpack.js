// unpacked gives the program that the page holds as text, as an answer that can be compiled while it is still being unpacked. Eight
// characters of the text are seven bytes of the packed program: onefile.go says how.
function unpacked(text) {
  const step = 1 << 17; // characters at a time, a multiple of eight
  let at = 0;
  const packed = new ReadableStream({
    pull(to) {
      if (at >= text.length) return to.close();
      const end = Math.min(at + step, text.length);
      const whole = at + ((end - at) & ~7);
      const bytes = new Uint8Array(Math.floor(((end - at) * 7) / 8));
      let n = 0;
      const char = (i) => (i < end ? text.charCodeAt(i) & 127 : 0);
      for (; at < whole; at += 8) {
        const b = text.charCodeAt(at + 1) & 127, c = text.charCodeAt(at + 2) & 127, d = text.charCodeAt(at + 3) & 127;
        const e = text.charCodeAt(at + 4) & 127, f = text.charCodeAt(at + 5) & 127, g = text.charCodeAt(at + 6) & 127;
        bytes[n++] = (text.charCodeAt(at) << 1) | (b >> 6);
        bytes[n++] = (b << 2) | (c >> 5);
        bytes[n++] = (c << 3) | (d >> 4);
        bytes[n++] = (d << 4) | (e >> 3);
        bytes[n++] = (e << 5) | (f >> 2);
        bytes[n++] = (f << 6) | (g >> 1);
        bytes[n++] = (g << 7) | (text.charCodeAt(at + 7) & 127);
      }
      for (let i = 0; n < bytes.length; i++) bytes[n++] = (char(at + i) << (i + 1)) | (char(at + i + 1) >> (6 - i));
      at = end;
      to.enqueue(bytes);
    },
  });
  return new Response(packed.pipeThrough(new DecompressionStream("gzip")), { headers: { "Content-Type": "application/wasm" } });
}
