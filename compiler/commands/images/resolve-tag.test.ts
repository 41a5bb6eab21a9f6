import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Credentials } from "./credentials.ts";
import { placeOf } from "./place.ts";
import { resolveTag } from "./resolve-tag.ts";
import {
  closePeers,
  DIGEST,
  end,
  guarded,
  MANIFEST,
  registryPeer,
  withImage,
  type Answer,
} from "./test/registry-peer.ts";

/** Tags resolved at test peers on loopback. */
const test = suite("resolve a tag");
test.after(closePeers);

const PATIENCE = 300;
const USER: Credentials = { basic: "Basic dXNlcjpwYXNz" };

const resolve = (host: string, known: Record<string, Credentials> = {}, tag = "v1") =>
  resolveTag(placeOf(`${host}/acme/web`), tag, { credentialsOf: (asked) => known[asked] ?? {}, patience: PATIENCE });

async function problem(work: Promise<unknown>): Promise<string> {
  try {
    return `resolved to ${String(await work)}`;
  } catch (error) {
    return `${(error as Error).constructor.name}: ${(error as Error).message}`;
  }
}

test("an open registry is asked once, for the list of platforms first", async () => {
  const peer = await registryPeer(withImage);
  assert.is(await resolve(peer.host), DIGEST);
  assert.equal(peer.asked, ["HEAD /v2/acme/web/manifests/v1 -"]);
});

const WITHOUT_DIGEST: Record<string, Answer> = {
  "says no digest to HEAD": (request, response) => end(response, 200, {}, request.method === "HEAD" ? "" : MANIFEST),
  "says another kind of digest": (request, response) =>
    end(
      response,
      200,
      { "docker-content-digest": `sha512:${"1".repeat(128)}` },
      request.method === "HEAD" ? "" : MANIFEST,
    ),
  "knows no HEAD": (request, response) =>
    request.method === "HEAD" ? end(response, 405) : end(response, 200, { "docker-content-digest": DIGEST }, MANIFEST),
};
for (const [what, answer] of Object.entries(WITHOUT_DIGEST)) {
  test(`of a registry that ${what}, the manifest is digested`, async () => {
    const peer = await registryPeer(answer);
    assert.is(await resolve(peer.host), DIGEST);
    assert.equal(
      peer.asked.map((one) => one.split(" ", 1)[0]),
      ["HEAD", "GET"],
    );
  });
}

test("a manifest that is not what its registry says is refused", async () => {
  const peer = await registryPeer((request, response) =>
    request.method === "HEAD"
      ? end(response, 405)
      : end(response, 200, { "docker-content-digest": `sha256:${"1".repeat(64)}` }, MANIFEST),
  );
  assert.match(await problem(resolve(peer.host)), `RegistryError: ${peer.host} says that the manifest is sha256:1111`);
});

test("a password goes to a registry that asks for one, and not before", async () => {
  const peer = await registryPeer(guarded(USER.basic!, () => 'Basic realm="registry"'));
  assert.is(await resolve(peer.host, { [peer.host]: USER }), DIGEST);
  assert.equal(peer.asked, ["HEAD /v2/acme/web/manifests/v1 -", `HEAD /v2/acme/web/manifests/v1 ${USER.basic}`]);
});

/** A registry that hands out its tokens itself; to named people alone where `named` says so. */
const withTokens =
  (named: boolean, realm = (host: string) => `http://${host}/token`): Answer =>
  (request, response, peer) =>
    request.url!.startsWith("/token")
      ? named && request.headers.authorization !== USER.basic
        ? end(response, 401)
        : end(response, 200, {}, JSON.stringify({ token: "abc.def" }))
      : guarded(
          "Bearer abc.def",
          () =>
            `Bearer realm="${realm(peer.host)}",service="peer, \\"the\\" registry",scope="repository:acme/web:pull"`,
        )(request, response, peer);

const TOKEN_PATH = "/token?service=peer%2C+%22the%22+registry&scope=repository%3Aacme%2Fweb%3Apull";

test("a token is got without a name where nobody has one", async () => {
  const peer = await registryPeer(withTokens(false));
  assert.is(await resolve(peer.host), DIGEST);
  assert.equal(peer.asked, [
    "HEAD /v2/acme/web/manifests/v1 -",
    `GET ${TOKEN_PATH} -`,
    "HEAD /v2/acme/web/manifests/v1 Bearer abc.def",
  ]);
});

test("a token is got with the name for its host", async () => {
  const peer = await registryPeer(withTokens(true));
  assert.is(await resolve(peer.host, { [peer.host]: USER }), DIGEST);
  assert.equal(peer.asked[1], `GET ${TOKEN_PATH} ${USER.basic}`);
});

test("credentials are for their host alone: another one that hands out tokens gets its own or none", async () => {
  const tokens = await registryPeer((_, response) =>
    end(response, 200, {}, JSON.stringify({ access_token: "abc.def" })),
  );
  const registry = await registryPeer(withTokens(true, () => `http://${tokens.host}/token`));
  assert.is(await resolve(registry.host, { [registry.host]: USER }), DIGEST);
  assert.equal(tokens.asked, [`GET ${TOKEN_PATH} -`]);
  assert.is(
    await resolve(registry.host, { [registry.host]: USER, [tokens.host]: { basic: "Basic b3RoZXI6eA==" } }),
    DIGEST,
  );
  assert.equal(tokens.asked[1], `GET ${TOKEN_PATH} Basic b3RoZXI6eA==`);
  assert.not.ok(registry.asked.some((one) => one.includes("Basic")));
});

test("where that keeps the token from us, it is said", async () => {
  const tokens = await registryPeer((_, response) => end(response, 403));
  const registry = await registryPeer(withTokens(true, () => `http://${tokens.host}/token`));
  const found = await problem(resolve(registry.host, { [registry.host]: USER }));
  assert.is(
    found,
    `RegistryError: ${tokens.host} hands out no token for ${registry.host} (403); its credentials are for ${registry.host} alone, and were not sent to where its tokens come from`,
  );
  assert.equal(tokens.asked, [`GET ${TOKEN_PATH} -`]);
});

test("a redirect is followed, and takes what is secret to no other host", async () => {
  const elsewhere = await registryPeer(withImage);
  const moved: Answer = (request, response) =>
    end(response, 307, { location: `http://${elsewhere.host}${request.url}` });
  const peer = await registryPeer(guarded(USER.basic!, () => "Basic", moved));
  assert.is(await resolve(peer.host, { [peer.host]: USER }), DIGEST);
  assert.equal(elsewhere.asked, ["HEAD /v2/acme/web/manifests/v1 -"]);

  const within = await registryPeer((request, response, peer) =>
    request.url!.startsWith("/moved")
      ? guarded(
          USER.basic!,
          () => "Basic",
          (_, response) => end(response, 200, { "docker-content-digest": DIGEST }),
        )(request, response, peer)
      : end(response, request.headers.authorization === undefined ? 401 : 302, {
          location: "/moved",
          "www-authenticate": "Basic",
        }),
  );
  assert.is(await resolve(within.host, { [within.host]: USER }), DIGEST, "within a host it goes along");
});

/** Answers that pin nothing, with what is said of them. */
const REFUSALS: [what: string, answer: Answer, said: (host: string) => string][] = [
  ["no such tag", (_, response) => end(response, 404), (host) => `${host}/acme/web has no tag v1`],
  [
    "too many questions",
    (_, response) => end(response, 429),
    (host) => `${host} answers no more questions for a while (429)`,
  ],
  ["a fault", (_, response) => end(response, 503), (host) => `${host} answers with 503`],
  [
    "no entry",
    (_, response) => end(response, 403),
    (host) =>
      `${host} does not show acme/web:v1 (403); there are no credentials for it: \`docker login ${host}\` keeps some`,
  ],
  [
    "a password where there is none",
    (_, response) => end(response, 401, { "www-authenticate": "Basic" }),
    (host) =>
      `${host} does not show acme/web:v1 (401); there are no credentials for it: \`docker login ${host}\` keeps some`,
  ],
  [
    "an unknown challenge",
    (_, response) => end(response, 401, { "www-authenticate": "Negotiate" }),
    (host) => `${host} wants to know who asks, by neither token nor password`,
  ],
  [
    "a token from nowhere",
    (_, response) => end(response, 401, { "www-authenticate": 'Bearer service="x"' }),
    (host) => `${host} wants a token and does not say from where`,
  ],
  [
    "a token from no address",
    (_, response) => end(response, 401, { "www-authenticate": 'Bearer realm="file:///etc/passwd"' }),
    (host) => `${host} leads to "file:///etc/passwd", which is no address`,
  ],
  [
    "a token from a host without TLS",
    (_, response) => end(response, 401, { "www-authenticate": 'Bearer realm="http://tokens.example/"' }),
    () => "tokens.example leads to http://tokens.example, which has no TLS",
  ],
  [
    "a token that is none",
    (request, response, { host }) =>
      request.url!.startsWith("/token")
        ? end(response, 200, {}, '{"token": "a b"}')
        : end(response, 401, { "www-authenticate": `Bearer realm="http://${host}/token"` }),
    (host) => `${host} answers with no token for ${host}`,
  ],
  [
    "a redirect off TLS",
    (_, response) => end(response, 302, { location: "http://registry.example/" }),
    (host) => `${host} leads to http://registry.example, which has no TLS`,
  ],
  [
    "a circle",
    (request, response) => end(response, 302, { location: request.url! }),
    (host) => `${host} redirects more than 5 times`,
  ],
  [
    "a manifest without end",
    (request, response) => {
      if (request.method === "HEAD") return end(response, 200);
      const more = (): unknown => response.destroyed || (response.write(Buffer.alloc(1 << 20)), setTimeout(more, 1));
      response.writeHead(200);
      more();
    },
    (host) => `${host} sends more than 4194304 bytes`,
  ],
  ["no answer", () => {}, (host) => `${host} does not answer within ${PATIENCE / 1000} seconds`],
  [
    "half an answer",
    (request, response) => {
      if (request.method === "HEAD") return end(response, 200);
      response.writeHead(200).write("{");
    },
    (host) => `${host} does not answer within ${PATIENCE / 1000} seconds`,
  ],
  ["a broken line", (request) => request.socket.destroy(), (host) => `${host} cannot be reached (UND_ERR_SOCKET)`],
];
for (const [what, answer, said] of REFUSALS) {
  test(`${what} pins nothing, and is said`, async () => {
    const { host } = await registryPeer(answer);
    assert.is(await problem(resolve(host)), `RegistryError: ${said(host)}`);
  });
}

test("nobody there", async () => {
  const { host } = await registryPeer(withImage);
  closePeers();
  assert.is(await problem(resolve(host)), `RegistryError: ${host} cannot be reached (ECONNREFUSED)`);
});

/** An image's name → who is asked for what. */
const PLACES: Record<string, string> = {
  "ghcr.io/acme/web": "https://ghcr.io acme/web",
  "localhost:5000/acme/web": "http://localhost:5000 acme/web",
  "localhost/web": "http://localhost web",
  "127.0.0.1:5000/web": "http://127.0.0.1:5000 web",
  "localhost.example/web": "https://localhost.example web",
  "127.0.0.1.example:5000/web": "https://127.0.0.1.example:5000 web",
  "registry:5000/web": "https://registry:5000 web",
  "acme/web": "https://registry-1.docker.io acme/web",
  redis: "https://registry-1.docker.io library/redis",
  "docker.io/redis": "https://registry-1.docker.io library/redis",
  "my.app": "https://registry-1.docker.io library/my.app",
  "ghcr.io/acme/web:v1": "https://ghcr.io acme/web",
};
for (const [image, asked] of Object.entries(PLACES)) {
  test(`${image} is asked for at its registry`, () => {
    const { origin, name } = placeOf(image);
    assert.is(`${origin} ${name}`, asked);
  });
}

test.run();
