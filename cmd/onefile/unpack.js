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
  return new Response(packed.pipeThrough(new DecompressionStream("gzip")).pipeThrough(unfolding()), { headers: { "Content-Type": "application/wasm" } });
}

// unfolding puts back what a folded program says twice: fold.go says how it was taken out.
function unfolding() {
  let head = new Uint8Array(0); // what has come before the list was whole
  let program, list;
  let read = 0; // of the list
  let made = 0; // of the program
  let plain = 0; // bytes to come until the next repetition
  let back = 0;
  const number = () => {
    for (let value = 0, unit = 1; ; unit *= 128) {
      const byte = list[read++];
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  };
  const next = () => (read < list.length ? number() : Infinity);
  return new TransformStream({
    transform(bytes, to) {
      if (!list) {
        const more = new Uint8Array(head.length + bytes.length);
        more.set(head);
        more.set(bytes, head.length);
        head = more;
        const sizes = new DataView(head.buffer);
        const begins = head.length < 8 ? Infinity : 8 + sizes.getUint32(4, true);
        if (head.length < begins) return;
        program = new Uint8Array(sizes.getUint32(0, true));
        list = head.subarray(8, begins);
        bytes = head.subarray(begins);
        plain = next();
      }
      const before = made;
      for (let at = 0; ; ) {
        while (plain === 0) {
          const length = number();
          back = number() || back;
          if (back >= length) program.copyWithin(made, made - back, made - back + length);
          else for (let i = made; i < made + length; i++) program[i] = program[i - back];
          made += length;
          plain = next();
        }
        if (at === bytes.length) break;
        const some = Math.min(plain, bytes.length - at);
        program.set(bytes.subarray(at, at + some), made);
        at += some;
        made += some;
        plain -= some;
      }
      if (made > before) to.enqueue(program.subarray(before, made));
    },
  });
}
