// What a request to OpenAI's API is, and what it says.
import { describe, expect, test } from 'vitest';
import { Malformed } from '../malformed.ts';
import type { Claim } from '../protocol.ts';
import { MASK } from '../testing/masking.ts';
import type { Json } from '../testing/wire.ts';
import { openaiChat as openai } from './protocol.ts';

const chat: Claim = { operation: 'chat', body: true };
const complete: Claim = { operation: 'complete', body: true };
const embed: Claim = { operation: 'embed', body: true };
const decode = (body: Json, claim = chat) => openai.decode(claim, Buffer.from(JSON.stringify(body)));
const SECRET = 'sesame-7Q4X';

describe('claims', () => {
  const head = (
    method: string,
    path: string,
    query = '',
    contentType: string | undefined = 'application/json',
  ) => openai.claim({ method, path, query, contentType });

  test.each([
    ['POST', '/v1/chat/completions', 'chat'],
    ['POST', '/v1/completions', 'complete'],
    ['POST', '/v1/embeddings', 'embed'],
    ['GET', '/v1/models', 'models'],
    ['GET', '/v1/models/gpt-5-nano', 'models'],
  ])('%s %s is %s', (method, path, operation) => {
    expect(head(method, path)).toMatchObject({ operation, body: method === 'POST' });
  });

  test.each([
    ['GET', '/v1/chat/completions'],
    ['POST', '/chat/completions'],
    ['POST', '/v1/chat/completions/'],
    ['POST', '/v1//chat/completions'],
    ['POST', '/v1/chat%2fcompletions'],
    ['POST', '/V1/chat/completions'],
    ['POST', '/v1/responses'],
    ['POST', '/v1/audio/speech'],
    ['DELETE', '/v1/models/ft:x'],
    ['GET', '/v1/models/'],
    ['GET', '/v1/models/..'],
    ['GET', '/v1/models/%2e%2e'],
    ['GET', '/v1/models/a/b'],
    ['GET', '/v1/models/a%00'],
    ['GET', '/v1/models/a%2F..'],
    ['GET', '/v1/chat/completions/abc/messages'],
  ])('%s %s is not claimed', (method, path) => {
    expect(head(method, path)).toBeUndefined();
  });

  test('a model is named by its decoded name', () => {
    expect(head('GET', '/v1/models/ft%3Agpt-4o%3Aorg%3A%3Ax')?.model).toBe('ft:gpt-4o:org::x');
    expect(head('GET', '/v1/models/org%2Fmodel')?.model).toBe('org/model');
  });

  test('other content types, charsets and queries are not claimed', () => {
    for (const type of [
      'multipart/form-data; boundary=x',
      'text/plain',
      'application/json; charset=utf-16',
      'application/jsonp',
      '',
    ])
      expect(head('POST', '/v1/chat/completions', '', type), type).toBeUndefined();
    expect(
      openai.claim({ method: 'POST', path: '/v1/chat/completions', query: '', contentType: undefined }),
    ).toBeUndefined();
    expect(head('POST', '/v1/chat/completions', 'x=1')).toBeUndefined();
    expect(head('POST', '/v1/chat/completions', '', 'application/json; charset=UTF-8')).toBeDefined();
  });
});

describe('requests', () => {
  test('roles, formats and messages of texts', () => {
    const { texts } = decode({
      model: 'm',
      messages: [
        { content: 'a', role: 'developer' },
        { role: 'user', content: [{ type: 'text', text: 'b' }] },
        {
          role: 'assistant',
          tool_calls: [{ id: 'x', type: 'function', function: { name: 'f', arguments: '{"c":1}' } }],
        },
        { role: 'tool', content: 'd' },
        { role: 'wizard', content: 'e' },
      ],
      tools: [{ type: 'function', function: { name: 'g', description: 'h' } }],
      metadata: { 'my key': '4111111111111111' },
      seed: 4111111111111111,
    });
    expect(texts.map(({ lane, role, format, text, message }) => [lane, role, format, text, message])).toEqual(
      [
        ['model', 'meta', 'text', 'm', -1],
        ['messages[0].content', 'system', 'text', 'a', 0],
        ['messages[1].content[0].text', 'user', 'text', 'b', 1],
        ['messages[2].tool_calls[0].id', 'assistant', 'text', 'x', 2],
        ['messages[2].tool_calls[0].function.name', 'assistant', 'text', 'f', 2],
        ['messages[2].tool_calls[0].function.arguments', 'assistant', 'json', '{"c":1}', 2],
        ['messages[3].content', 'tool', 'text', 'd', 3],
        ['messages[4].role', 'meta', 'text', 'wizard', 4],
        ['messages[4].content', 'meta', 'text', 'e', 4],
        ['tools[0].function.name', 'meta', 'text', 'g', -1],
        ['tools[0].function.description', 'meta', 'text', 'h', -1],
        ['metadata.{0}#key', 'meta', 'text', 'my key', -1],
        ['metadata.{0}', 'meta', 'text', '4111111111111111', -1],
        ['seed', 'meta', 'number', '4111111111111111', -1],
      ],
    );
  });

  test.each([
    ['no object', '[]'],
    ['no model', '{"messages":[]}'],
    ['a model that is no string', '{"model":1}'],
    ['`stream` as a string', '{"model":"m","stream":"true"}'],
    ['`stream` as a number', '{"model":"m","stream":1}'],
    ['a duplicate', '{"model":"m","model":"n"}'],
    ['nothing', ''],
  ])('%s is refused', (_, body) => {
    expect(() => openai.decode(chat, Buffer.from(body))).toThrow(Malformed);
  });

  test('what the provider would fetch, run or keep', () => {
    const { egress } = decode({
      model: 'm',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'http://169.254.169.254/latest' } },
            { type: 'image_url', image_url: 'gs://bucket/x' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'file', file: { file_id: 'file-123' } },
          ],
        },
        { role: 'assistant', audio: { id: 'audio_1' } },
      ],
      tools: [
        { type: 'function', function: { name: 'url' } },
        { type: 'mcp', server_url: 'https://mcp.example' },
        {},
      ],
      web_search_options: {},
      store: true,
      previous_response_id: 'resp_1',
    });
    expect(egress.map(({ lane, what, value }) => [lane, what, value])).toEqual([
      ['messages[0].content[0].image_url.url', 'url', 'http://169.254.169.254/latest'],
      ['messages[0].content[1].image_url', 'url', 'gs://bucket/x'],
      ['messages[0].content[3].file.file_id', 'file', 'file-123'],
      ['tools[1].server_url', 'url', 'https://mcp.example'],
      ['tools[1]', 'tool', 'mcp'],
      ['tools[2]', 'tool', 'unknown'],
      ['web_search_options', 'tool', 'web_search'],
      ['store', 'stored', 'store'],
      ['previous_response_id', 'stored', 'resp_1'],
      ['messages[1].audio.id', 'stored', 'audio_1'],
    ]);
    expect(decode({ model: 'm', store: false, web_search_options: null, messages: [] }).egress).toEqual([]);
  });

  test('inline media and token numbers are opaque; what only pretends to be media is text', () => {
    const png = `data:image/png;base64,${Buffer.from('\x89PNG\r\n\x1a\n0000\x00\x01\x02\x03\xff\xfe', 'latin1').toString('base64')}`;
    const fake = `data:image/png;base64,${Buffer.from(`the password is ${SECRET} and more`).toString('base64')}`;
    const image = (url: string): Json => ({ type: 'image_url', image_url: { url } });
    const request = decode({ model: 'm', messages: [{ role: 'user', content: [image(png), image(fake)] }] });
    expect(request.opaque).toEqual([{ lane: 'messages[0].content[0].image_url.url', what: 'image' }]);
    expect(request.texts.map(({ text }) => text)).toEqual(['m', fake]);
    const tokens = decode({ model: 'm', prompt: [[1, 2, 50256], [3]] }, complete);
    expect(tokens.opaque).toEqual([{ lane: 'prompt', what: 'tokens' }]);
    expect(decode({ model: 'm', input: [4111111111111111] }, embed).texts.map(({ text }) => text)).toContain(
      '4111111111111111',
    );
  });

  test('an edited key stays unique in its object', () => {
    const decoded = decode({ model: 'm', metadata: { 'a@x.org': '1', 'b@x.org': '2' } });
    const edits = new Map(
      decoded.texts.flatMap(({ lane }, at) => (lane.endsWith('#key') ? [[at, MASK] as const] : [])),
    );
    expect(JSON.parse(decoded.rewrite(edits).toString())).toEqual({
      model: 'm',
      metadata: { [MASK]: '1', [`${MASK} (2)`]: '2' },
    });
  });

  test('a path request has the model as its only text, and no body', () => {
    const claim: Claim = { operation: 'models', body: false, model: 'gpt-5' };
    expect(openai.decode(claim, Buffer.alloc(0)).texts.map(({ text }) => text)).toEqual(['gpt-5']);
    expect(() => openai.decode(claim, Buffer.from('{}'))).toThrow(Malformed);
    expect(() => openai.decode(claim, Buffer.alloc(0)).rewrite(new Map([[0, 'x']]))).toThrow(Malformed);
  });
});
