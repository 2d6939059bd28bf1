// Reads server-sent events out of the body of a fetch: an EventSource could send no token.

/**
 * The events of a stream, `{name, data}`, until it ends. `heard` is called for whatever comes, comments too.
 */
export async function* events(body, heard) {
  let rest = '';
  let name = '';
  let data = [];
  for await (const text of chunks(body.pipeThrough(new TextDecoderStream()))) {
    heard();
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

// Not all browsers can iterate over a stream.
async function* chunks(stream) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}
