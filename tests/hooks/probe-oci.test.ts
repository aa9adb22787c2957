import { describe, expect, test } from 'vitest'
import { fetchManifest, usualLimits, type FetchLimits } from '#hooks/probe-oci-fetch.ts'
import { isAddress, parseImageAddress, type ImageAddress } from '#hooks/probe-oci-address.ts'
import { parseChallenge, tokenAddress, tokenOf } from '#hooks/probe-oci-challenge.ts'
import { digestOf, recordedIndex, refusing, registryOf, serving, type Answer } from './probe-oci-registry.ts'

const index = recordedIndex('index-arm-v6-v7')
const path = '/v2/example/tool/manifests/1.2.3'

function addressOf(text: string): ImageAddress {
  const address = parseImageAddress(text)
  if (!address) throw new Error(`${text} is no address`)
  return address
}

async function fetchFrom(answers: Record<string, Answer>, limits?: Partial<FetchLimits>, reference = ':1.2.3') {
  const registry = await registryOf(answers)
  const address = addressOf(`${registry.origin}/example/tool${reference}`)
  return { ...(await fetchManifest(address, { ...usualLimits, ...limits })), registry }
}

describe('an address', () => {
  test.each([
    ['https://ghcr.io/example/tool:1.2.3', 'https://ghcr.io/v2/example/tool/manifests/1.2.3', 'ghcr.io/example/tool'],
    ['https://ghcr.io/v2/a/b/manifests/1.0', 'https://ghcr.io/v2/a/b/manifests/1.0', 'ghcr.io/a/b'],
    ['https://quay.io/a/b', 'https://quay.io/v2/a/b/manifests/latest', 'quay.io/a/b'],
    [
      'https://docker.io/redis:8',
      'https://registry-1.docker.io/v2/library/redis/manifests/8',
      'docker.io/library/redis',
    ],
    ['http://localhost:5000/a:b', 'http://localhost:5000/v2/a/manifests/b', 'localhost:5000/a'],
  ])('%s is of the manifest %s', (text, manifest, repository) => {
    const address = addressOf(text)
    expect([address.manifest.href, address.repository]).toEqual([manifest, repository])
  })

  test('with a digest names bytes, whatever its tag', () => {
    const digest = `sha256:${'a'.repeat(64)}`
    expect(addressOf(`https://ghcr.io/a/b:1.0@${digest}`)).toMatchObject({ reference: digest, isDigest: true })
  })

  test('of a registry with pages leads to its page', () => {
    expect(addressOf('https://docker.io/redis:8').page).toBe('https://hub.docker.com/_/redis')
    expect(addressOf('https://docker.io/a/b:8').page).toBe('https://hub.docker.com/r/a/b')
    expect(addressOf('https://quay.io/a/b:8').page).toBe('https://quay.io/repository/a/b')
    expect(addressOf('https://ghcr.io/a/b:8').page).toBe('https://ghcr.io/v2/a/b/manifests/8')
    expect(addressOf('http://localhost:5000/a/b:8').page).toBeUndefined()
  })

  test.each([
    'http://ghcr.io/a/b:1',
    'https://person:secret@ghcr.io/a/b:1',
    'https://ghcr.io/A/b:1',
    'https://ghcr.io/a/b:1?x=y',
    'https://ghcr.io/a/../b c:1',
    'https://ghcr.io/a/b@sha256:abc',
    'https://ghcr.io/a/b:-x',
    'https://ghcr.io/',
    'https://',
    `https://ghcr.io/${'a/'.repeat(400)}b:1`,
  ])('%s is refused', (text) => {
    expect(isAddress(text)).toBe(true)
    expect(parseImageAddress(text)).toBeUndefined()
  })
})

describe('a registry', () => {
  test('sends the index that it has, byte for byte', async () => {
    const { text, registry } = await fetchFrom({ [path]: serving(index) })
    expect(text).toBe(index.toString('utf8'))
    expect(registry.requests).toHaveLength(1)
    expect(registry.requests[0]?.accept).toContain('application/vnd.oci.image.index.v1+json')
    expect(registry.requests[0]?.accept).toContain('application/vnd.docker.distribution.manifest.list.v2+json')
    expect(registry.requests[0]?.authorization).toBeUndefined()
  })

  test('that wants a token gets the one that it gives to everybody', async () => {
    const { text, registry } = await fetchFrom({
      [path]: (response, request, { origin }) => {
        if (request.headers.authorization === 'Bearer for-everybody') serving(index)(response, request, registryStub)
        else {
          const challenge = `Bearer realm="${origin}/token",service="test registry",scope="repository:example/tool:pull"`
          refusing(401, { 'www-authenticate': challenge })(response, request, registryStub)
        }
      },
      '/token': (response) => response.end('{"token":"for-everybody"}'),
    })
    expect(text).toBe(index.toString('utf8'))
    expect(registry.requests.map((request) => [request.path, request.authorization])).toEqual([
      [path, undefined],
      ['/token?service=test+registry&scope=repository%3Aexample%2Ftool%3Apull', undefined],
      [path, 'Bearer for-everybody'],
    ])
  })

  test('that wants a token twice is refused after one', async () => {
    const { problem, registry } = await fetchFrom({
      [path]: (response, request, own) =>
        refusing(401, { 'www-authenticate': `Bearer realm="${own.origin}/token"` })(response, request, own),
      '/token': (response) => response.end('{"access_token":"x"}'),
    })
    expect(problem).toMatchObject({ code: 'registry-refused', actual: '401' })
    expect(registry.requests).toHaveLength(3)
  })

  test.each([
    ['no challenge', undefined],
    ['a password', 'Basic realm="test"'],
    ['a token of nowhere', 'Bearer realm="nowhere"'],
    ['a token over plain HTTP of another machine', 'Bearer realm="http://registry.example/token"'],
    ['a token of a file', 'Bearer realm="file:///etc/passwd"'],
  ])('that wants %s is not obeyed', async (_, challenge) => {
    const headers: Record<string, string> = challenge === undefined ? {} : { 'www-authenticate': challenge }
    const { problem, registry } = await fetchFrom({ [path]: refusing(401, headers) })
    expect(problem).toMatchObject({ code: 'registry-refused', severity: 'error', actual: '401' })
    expect(registry.requests).toHaveLength(1)
  })

  test.each([
    'not json',
    '{}',
    '{"token":"two words"}',
    '{"token":"line\\nend"}',
    '{"token":7}',
    `{"token":"${'x'.repeat(70_000)}"}`,
  ])('whose token is none gets none: %s', async (token) => {
    const { problem } = await fetchFrom({
      [path]: (response, request, own) =>
        refusing(401, { 'www-authenticate': `Bearer realm="${own.origin}/token"` })(response, request, own),
      '/token': (response) => response.end(token),
    })
    expect(problem?.code).toMatch(/^(registry-refused|document-too-large)$/)
  })

  test.each([403, 404, 429, 500])('that answers %i is refused', async (status) => {
    const { problem } = await fetchFrom({ [path]: refusing(status) })
    expect(problem).toMatchObject({ code: 'registry-refused', severity: 'error', actual: String(status) })
  })

  test('that breaks off is no observation', async () => {
    const { problem } = await fetchFrom({
      [path]: (response) => {
        response.writeHead(200, { 'content-length': String(index.byteLength) })
        response.write(index.subarray(0, 300), () => response.destroy())
      },
    })
    expect(problem).toMatchObject({ code: 'registry-unreachable', severity: 'error' })
  })

  test('that sends less than the digest is of is no observation', async () => {
    const cut = index.subarray(0, 300)
    const { problem } = await fetchFrom({ [path]: serving(cut, { 'docker-content-digest': digestOf(index) }) })
    expect(problem).toMatchObject({ code: 'digest-differs', actual: digestOf(cut), expected: digestOf(index) })
  })

  test('that sends too much is not read to its end', async () => {
    const { problem } = await fetchFrom(
      {
        [path]: (response) => {
          response.writeHead(200, {})
          const more = () => {
            while (!response.destroyed && response.write(Buffer.alloc(65_536, 32)));
            if (!response.destroyed) response.once('drain', more)
          }
          more()
        },
      },
      { maximumBytes: 1_000_000 },
    )
    expect(problem).toMatchObject({ code: 'document-too-large' })
  })

  test('that says nothing is not waited for', async () => {
    const { problem } = await fetchFrom({ [path]: () => undefined }, { timeoutMilliseconds: 200 })
    expect(problem).toMatchObject({ code: 'registry-unreachable', actual: 'no answer in 0.2 s' })
  })

  test('that stops in the middle is not waited for', async () => {
    const { problem } = await fetchFrom(
      { [path]: (response) => void response.writeHead(200).write('{') },
      { timeoutMilliseconds: 200 },
    )
    expect(problem).toMatchObject({ code: 'registry-unreachable' })
  })

  test('that is not there is said so', async () => {
    const { problem } = await fetchManifest(addressOf('http://127.0.0.1:1/a/b:1'))
    expect(problem).toMatchObject({ code: 'registry-unreachable' })
  })

  test.each(['sha256:abc', 'md5:d41d8cd98f00b204e9800998ecf8427e', `sha512:${'0'.repeat(128)}`])(
    'with the digest %s is not believed',
    async (digest) => {
      const { problem } = await fetchFrom({ [path]: serving(index, { 'docker-content-digest': digest }) })
      expect(problem).toMatchObject({ code: 'digest-differs' })
    },
  )

  test('must send the bytes that an address names', async () => {
    const digest = digestOf(index)
    const byDigest = `/v2/example/tool/manifests/${digest}`
    expect((await fetchFrom({ [byDigest]: serving(index) }, {}, `@${digest}`)).problem).toBeUndefined()
    const other = recordedIndex('index-nested')
    const { problem } = await fetchFrom({ [byDigest]: serving(other) }, {}, `@${digest}`)
    expect(problem).toMatchObject({ code: 'digest-differs', expected: digest })
  })

  test('that sends no text is no observation', async () => {
    const { problem } = await fetchFrom({ [path]: serving(Buffer.from([0xff, 0xfe, 0x00, 0x80])) })
    expect(problem).toMatchObject({ code: 'bad-document' })
  })

  test('may pass a request on, and the token stays with it', async () => {
    const other = await registryOf({ '/blob': serving(index) })
    const { text } = await fetchFrom({
      [path]: (response, request, own) => {
        const { authorization } = request.headers
        const challenge = { 'www-authenticate': `Bearer realm="${own.origin}/token"` }
        if (authorization === undefined) refusing(401, challenge)(response, request, own)
        else refusing(307, { location: `${other.origin}/blob` })(response, request, own)
      },
      '/token': (response) => response.end('{"token":"x"}'),
    })
    expect(text).toBe(index.toString('utf8'))
    expect(other.requests.map(({ authorization }) => authorization)).toEqual([undefined])
  })

  test.each([
    'http://registry.example/v2/',
    'file:///etc/passwd',
    'https://person:secret@registry.example/',
    'http://[',
    path,
  ])('cannot pass a request on to %s', async (location) => {
    const { problem } = await fetchFrom({ [path]: refusing(302, { location }) })
    expect(problem).toMatchObject({ code: 'registry-unreachable' })
  })
})

describe('a challenge', () => {
  test('is read with and without quotes', () => {
    expect(parseChallenge('Bearer realm="https://a.example/t",service=b,scope="repository:x:pull,push"')).toEqual({
      realm: 'https://a.example/t',
      service: 'b',
      scope: 'repository:x:pull,push',
    })
  })

  test('without a scope asks to read the image', () => {
    expect(tokenAddress({ realm: 'https://a.example/t?x=1' }, 'a/b')?.href).toBe(
      'https://a.example/t?x=1&scope=repository%3Aa%2Fb%3Apull',
    )
  })

  test.each([null, '', 'Basic realm="x"', 'Bearer', `Bearer realm="${'x'.repeat(5000)}"`])(
    'of another kind is none: %s',
    (text) => {
      expect(parseChallenge(text)).toBeUndefined()
    },
  )

  test('is answered with either name of a token', () => {
    expect([tokenOf('{"token":"a"}'), tokenOf('{"access_token":"b"}'), tokenOf('[]'), tokenOf('null')]).toEqual([
      'a',
      'b',
      undefined,
      undefined,
    ])
  })
})

/** `serving` and `refusing` do not look at the registry. */
const registryStub = { origin: '', requests: [] }
