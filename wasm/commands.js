// The engine's commands as JavaScript calls them: Module.subscribe(page, subscription, topic, options).
// Appended to the glue. Numbers pass as they are. The texts of a call are written one after another
// into room of the engine's, and each passes as its size; an answer is a text that ends with NUL.
{
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  const writeTexts = (texts) => {
    const bytes = texts.map((text) => encoder.encode(text));
    const total = bytes.reduce((sum, { length }) => sum + length, 0);
    let address = Module['_civic_reserve_texts'](total);
    for (const text of bytes) {
      HEAPU8.set(text, address);
      address += text.length;
    }
    return bytes.map(({ length }) => length);
  };

  const define = (name, convert) => {
    const native = '_civic_' + name.replace(/[A-Z]/g, (letter) => '_' + letter.toLowerCase());
    Module[name] = (...args) => {
      const isText = (value) => typeof value == 'string';
      const texts = args.filter(isText);
      const sizes = texts.length > 0 ? writeTexts(texts) : [];
      return convert(Module[native](...args.map((arg) => (isText(arg) ? sizes.shift() : arg))));
    };
  };

  const names =
    'destroyEngine addPage removePage connect disconnect subscribe unsubscribe send restoreOutbox ' +
    'startTyping stopTyping changeNotifications restoreNotifications listen setVisible setOnline resumed ' +
    'provideToken inject';
  for (const name of names.split(' ')) define(name, (result) => result);
  define('createEngine', (address) =>
    decoder.decode(HEAPU8.subarray(address, HEAPU8.indexOf(0, address))),
  );
}
