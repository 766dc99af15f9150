// Two functions of Emscripten's WebSocket library, done differently, and what it lacks; all others stay as they are.
addToLibrary({
  // Receiving. The stock version walks a text three times in JavaScript and allocates for each frame;
  // this one encodes into one buffer that stays. The contract is the same: `data` is valid during the
  // call, and a text's `numBytes` includes its NUL. A frame over the limit comes with `data` null.
  $civicIngest__deps: ['civic_reserve_ingest'],
  $civicIngest: {
    encoder: null,
    address: 0,
    view: null,

    // A view of at least `bytes` bytes of the heap; null when the engine refuses so large a frame.
    reserve(bytes) {
      this.encoder ??= new TextEncoder();
      this.address = _civic_reserve_ingest(bytes);
      const end = this.address + Math.max(bytes, {{{ 64 * 1024 }}});
      this.view = this.address ? HEAPU8.subarray(this.address, end) : null;
      return this.view;
    },

    // Growth of the memory detaches views: they are empty then.
    room(bytes) {
      return this.view && bytes <= this.view.length ? this.view : this.reserve(bytes);
    },

    // Writes the text and a NUL; the number of bytes written, or -1 for a frame that is too large.
    writeText(text) {
      // Three bytes a unit are always enough; where that is more than the buffer, one byte may be.
      const most = text.length * 3 + 1;
      let view = this.room(this.view && most <= this.view.length ? most : text.length + 1);
      if (!view) return -1;
      let { read, written } = this.encoder.encodeInto(text, view);
      if (read < text.length || written === view.length) {
        view = this.room(most);
        if (!view) return -1;
        ({ read, written } = this.encoder.encodeInto(text, view));
      }
      view[written] = 0;
      return written + 1;
    },

    writeBytes(bytes) {
      const view = this.room(bytes.length);
      if (!view) return -1;
      view.set(bytes);
      return bytes.length;
    },

    // One huge frame must not be remembered for ever.
    settle() {
      if (this.view?.length > {{{ 1024 * 1024 }}}) this.reserve(0);
    },
  },

  emscripten_websocket_set_onmessage_callback_on_thread__deps: ['$WS', '$civicIngest'],
  emscripten_websocket_set_onmessage_callback_on_thread__proxy: 'sync',
  emscripten_websocket_set_onmessage_callback_on_thread: (socketId, userData, callback, thread) => {
    const socket = WS.getSocket(socketId);
    if (!socket) return {{{ cDefs.EMSCRIPTEN_RESULT_INVALID_TARGET }}};
    socket.onmessage = ({ data }) => {
      const isText = typeof data == 'string';
      const written = isText
        ? civicIngest.writeText(data)
        : civicIngest.writeBytes(new Uint8Array(data));
      const event = WS.getSocketEvent(socketId);
      const address = written < 0 ? 0 : civicIngest.address;
      const bytes = written < 0 ? (isText ? data.length : data.byteLength) : written;
      {{{ makeSetValue('event', C_STRUCTS.EmscriptenWebSocketMessageEvent.data, 'address', '*') }}};
      {{{ makeSetValue('event', C_STRUCTS.EmscriptenWebSocketMessageEvent.numBytes, 'bytes', 'i32') }}};
      {{{ makeSetValue('event', C_STRUCTS.EmscriptenWebSocketMessageEvent.isText, 'isText', 'i8') }}};
      {{{ makeDynCall('iipp', 'callback') }}}(0, event, userData);
      civicIngest.settle();
    };
    return {{{ cDefs.EMSCRIPTEN_RESULT_SUCCESS }}};
  },

  // Opening. The stock version insists on a global WebSocket, which Node 20 lacks, and lets an
  // exception of the constructor pass through WebAssembly frames.
  $civicSocketFailure: { text: '' },
  emscripten_websocket_new__deps: ['$webSockets', '$civicSocketFailure'],
  emscripten_websocket_new__proxy: 'sync',
  emscripten_websocket_new: (attributes) => {
    const url = UTF8ToString({{{ makeGetValue('attributes', 0, '*') }}});
    const protocols = {{{ makeGetValue('attributes', C_STRUCTS.EmscriptenWebSocketCreateAttributes.protocols, '*') }}};
    try {
      const socket = new (Module['civicHost'].WebSocket)(
        url,
        protocols ? UTF8ToString(protocols).split(',') : [],
      );
      socket.binaryType = 'arraybuffer';
      return webSockets.allocate(socket);
    } catch (failure) {
      civicSocketFailure.text = `${failure}`;
      return {{{ cDefs.EMSCRIPTEN_RESULT_FAILED }}};
    }
  },

  // A socket that deflates (js/src/compression) keeps the order of everything sent on it.
  civic_send_deflated__deps: ['$WS', '$UTF8ToString'],
  civic_send_deflated: (socketId, text) => {
    WS.getSocket(socketId)?.sendDeflated(UTF8ToString(text));
  },

  // Why the last socket could not be opened, as the platform said it.
  civic_socket_failure__deps: ['$civicSocketFailure', '$stringToUTF8'],
  civic_socket_failure: (out, bytes) => stringToUTF8(civicSocketFailure.text, out, bytes),
});
