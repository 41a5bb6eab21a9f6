import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { temporaryFolder } from "../../../test/support/tree.ts";
import { challengeIn } from "./challenge.ts";
import { dockerCredentials } from "./credentials.ts";

/** Who docker says that somebody is, and how registries ask for it. */
const test = suite("credentials");

const AUTH = Buffer.from("user:pass").toString("base64");

function configured(config: unknown): { of: ReturnType<typeof dockerCredentials>; file: string } {
  const folder = temporaryFolder("docker");
  const file = join(folder, "config.json");
  if (config !== undefined) writeFileSync(file, typeof config === "string" ? config : JSON.stringify(config));
  return { of: dockerCredentials({ DOCKER_CONFIG: folder }), file };
}

/** docker's config, a host, and what is sent there; `FILE` stands for the config's path. */
const CASES: [what: string, config: unknown, host: string, found: object][] = [
  ["no config", undefined, "ghcr.io", {}],
  ["an entry", { auths: { "ghcr.io": { auth: AUTH } } }, "ghcr.io", { basic: `Basic ${AUTH}` }],
  ["of another host", { auths: { "ghcr.io": { auth: AUTH } } }, "quay.io", {}],
  ["of a host that ends alike", { auths: { "ghcr.io": { auth: AUTH } } }, "evil-ghcr.io", {}],
  ["of another port", { auths: { "localhost:5000": { auth: AUTH } } }, "localhost:5001", {}],
  ["as an address", { auths: { "https://ghcr.io/v2/": { auth: AUTH } } }, "ghcr.io", { basic: `Basic ${AUTH}` }],
  [
    "Docker Hub's",
    { auths: { "https://index.docker.io/v1/": { auth: AUTH } } },
    "docker.io",
    { basic: `Basic ${AUTH}` },
  ],
  [
    "a store",
    { auths: { "ghcr.io": {} }, credsStore: "desktop" },
    "ghcr.io",
    { unused: "FILE leaves them to the program docker-credential-desktop, which eco-compile does not run" },
  ],
  [
    "a helper of the host",
    { credHelpers: { "ghcr.io": "gh", "quay.io": "q" }, credsStore: "desktop" },
    "ghcr.io",
    { unused: "FILE leaves them to the program docker-credential-gh, which eco-compile does not run" },
  ],
  ["a helper of another", { credHelpers: { "quay.io": "q" } }, "ghcr.io", {}],
  [
    "an identity token",
    { auths: { "x.azurecr.io": { identitytoken: "t" } } },
    "x.azurecr.io",
    { unused: "FILE has an identity token for x.azurecr.io, which eco-compile cannot use" },
  ],
  [
    "what would end a header",
    { auths: { "ghcr.io": { auth: `${AUTH}\r\nx: y` } } },
    "ghcr.io",
    { unused: "what FILE has for ghcr.io is no user with a password" },
  ],
  [
    "no user",
    { auths: { "ghcr.io": { auth: Buffer.from("user").toString("base64") } } },
    "ghcr.io",
    { unused: "what FILE has for ghcr.io is no user with a password" },
  ],
  ["no JSON", "{", "ghcr.io", { unused: "FILE is no JSON" }],
  ["another form", { auths: [] }, "ghcr.io", { unused: "FILE has another form than docker's" }],
  ["null", "null", "ghcr.io", { unused: "FILE has another form than docker's" }],
];
for (const [what, config, host, found] of CASES) {
  test(`${what}`, () => {
    const { of, file } = configured(config);
    assert.is(JSON.stringify(of(host)).replaceAll(file, "FILE"), JSON.stringify(found));
  });
}

test("a config that cannot be read is said", () => {
  const folder = temporaryFolder("docker");
  mkdirSync(join(folder, "config.json"));
  assert.match(dockerCredentials({ DOCKER_CONFIG: folder })("ghcr.io").unused!, "cannot be read (EISDIR)");
});

test("without DOCKER_CONFIG it is the one in the home folder", () => {
  const { HOME } = process.env;
  process.env["HOME"] = temporaryFolder("home");
  mkdirSync(join(process.env["HOME"], ".docker"));
  writeFileSync(
    join(process.env["HOME"], ".docker/config.json"),
    JSON.stringify({ auths: { "ghcr.io": { auth: AUTH } } }),
  );
  assert.equal(dockerCredentials({})("ghcr.io"), { basic: `Basic ${AUTH}` });
  assert.equal(dockerCredentials({ DOCKER_CONFIG: "" })("ghcr.io"), { basic: `Basic ${AUTH}` });
  process.env["HOME"] = HOME;
});

/** Headers as registries send them. */
const CHALLENGES: [header: string, scheme: string | undefined, parameters?: object][] = [
  ["", undefined],
  ["Negotiate", undefined],
  ["Basic", "basic", {}],
  ['basic realm="Registry Realm"', "basic", { realm: "Registry Realm" }],
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:acme/web:pull,push"',
    "bearer",
    { realm: "https://auth.docker.io/token", service: "registry.docker.io", scope: "repository:acme/web:pull,push" },
  ],
  ["Bearer realm=https://r.example/t , Service = r", "bearer", { realm: "https://r.example/t", service: "r" }],
  ['Bearer realm="a \\"b\\" \\\\ c"', "bearer", { realm: 'a "b" \\ c' }],
  ['Basic realm="r", Bearer realm="t"', "bearer", { realm: "t" }],
  ['Bearer realm="t", Basic realm="r"', "bearer", { realm: "t" }],
  ['Negotiate, Basic realm="r"', "basic", { realm: "r" }],
];
for (const [header, scheme, parameters] of CHALLENGES) {
  test(`challenge: ${header}`, () => {
    const found = challengeIn(header);
    assert.is(found?.scheme, scheme);
    assert.equal(found?.parameters, parameters);
  });
}

test.run();
