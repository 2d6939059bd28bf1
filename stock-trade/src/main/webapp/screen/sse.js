// Parses server-sent events from a fetch body. EventSource cannot send a token.

/** The events of a stream, `{name, data}`, until it ends. `onChunk` is called for all input, comments too. */
export async function* events(body, onChunk) {
  let rest = '';
  let name = '';
  let data = [];
  for await (const text of chunks(body.pipeThrough(new TextDecoderStream()))) {
    onChunk();
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    for (const line of lines) {
      const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line);
      if (line === '') {
        if (data.length > 0) yield {name, data: data.join('\n')};
        name = '';
        data = [];
      } else if (field === 'event') {
        name = value;
      } else if (field === 'data') {
        data.push(value);
      }
    }
  }
}

// Not all browsers support `for await` on a stream.
async function* chunks(stream) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}
