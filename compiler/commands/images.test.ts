import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runCli, type CliRun } from "../../test/support/cli.ts";
import { SOUND_IMAGES, soundProject } from "../../test/support/sound-project.ts";
import { temporaryFolder } from "../../test/support/tree.ts";
import { withPin } from "./images/pinned.ts";
import { closePeers, DIGEST, guarded, registryPeer, withImage } from "./images/test/registry-peer.ts";

/** `eco-compile images set` as somebody types it. */
const test = suite("images set");
test.after(closePeers);

const OTHER = `sha256:${"ab".repeat(32)}` as const;
const NAME = "ecosystem.images.json";

function project(image = "ghcr.io/acme/web", images: string | undefined = SOUND_IMAGES): string {
  return soundProject({
    "ecosystem.config.ts": `const { api, ...services } = base.services;
export default { ...base, services: { ...services, api: { ...api, image: ${JSON.stringify(image)} } } };\n`,
    [NAME]: images,
  });
}

const set = (cwd: string, args: readonly string[], env: Record<string, string> = {}): Promise<CliRun> =>
  runCli(["images", "set", ...args], { cwd, env: { DOCKER_CONFIG: join(cwd, ".docker"), ...env } });

const imagesIn = (folder: string) => JSON.parse(readFileSync(join(folder, NAME), "utf8"));

test("a digest is pinned, and only that line changes", async () => {
  const folder = project();
  const before = imagesIn(folder);
  const { code, stdout, stderr } = await set(folder, ["api", "production", OTHER]);
  assert.is(code, 0, stderr);
  assert.is(stdout, "");
  assert.is(stderr, `api has ${OTHER} in production: run eco-compile, and commit both\n`);
  assert.equal(imagesIn(folder), { ...before, api: { ...before.api, production: OTHER } });
  assert.is(
    readFileSync(join(folder, NAME), "utf8"),
    withPin(before, { service: "api", environment: "production", digest: OTHER }),
  );
  const again = await set(folder, ["api", "production", OTHER]);
  assert.is(again.stderr, `api already has ${OTHER} in production\n`);
});

test("a container beside the service's own is pinned by both names", async () => {
  const folder = soundProject({
    "ecosystem.config.ts": `const { api, ...services } = base.services;
const sidecars = [{ name: "proxy", image: "ghcr.io/acme/proxy" }, { name: "same" }];
export default { ...base, services: { ...services, api: { ...api, sidecars } } };\n`,
    [NAME]: "{}",
  });
  const { code, stdout, stderr } = await set(folder, ["api/proxy", "production", OTHER, "--reporter", "json"]);
  assert.is(code, 0, stderr);
  assert.is(JSON.parse(stdout).summary.image, "ghcr.io/acme/proxy");
  assert.equal(imagesIn(folder), { "api/proxy": { production: OTHER } });
  const same = await set(folder, ["api/same", "production", OTHER]);
  assert.match(same.stderr, 'there is no service "api/same"', "it has the service's own version");
});

test("a mirror, which is the clusters' own, is not asked", async () => {
  const peer = await registryPeer(withImage);
  const folder = soundProject({
    "ecosystem.config.ts": `const { api, ...services } = base.services;
const registries = { mirror: { "*": "mirror.example/all" } };
export default { ...base, registries, services: { ...services, api: { ...api, image: "${peer.host}/acme/web" } } };\n`,
    [NAME]: SOUND_IMAGES,
  });
  const { code, stdout, stderr } = await set(folder, ["api", "production", "v1", "--reporter", "json"]);
  assert.is(code, 0, stderr);
  assert.is(JSON.parse(stdout).summary.image, `${peer.host}/acme/web`);
  assert.is(imagesIn(folder).api.production, DIGEST);
});

test("without a file there is one after that; of a config that lacks digests as well", async () => {
  const folder = project("ghcr.io/acme/web", "{}");
  assert.is((await runCli(["check"], { cwd: folder })).code, 1, "images/digest-in-production");
  const { code } = await set(folder, ["api", "production", OTHER]);
  assert.is(code, 0);
  assert.equal(imagesIn(folder), { api: { production: OTHER } });
});

test("a tag is resolved with the credentials of docker's config", async () => {
  const basic = `Basic ${Buffer.from("user:pass").toString("base64")}`;
  const peer = await registryPeer(guarded(basic, () => "Basic"));
  const folder = project(`${peer.host}/acme/web`);
  const refused = await set(folder, ["api", "production", "v1"]);
  assert.is(refused.code, 1);
  assert.match(refused.stderr, `${peer.host} does not show acme/web:v1 (401); there are no credentials for it`);
  assert.match(refused.stderr, "nothing is pinned; the digest can be given by hand");
  assert.match(refused.stderr, `docker buildx imagetools inspect ${peer.host}/acme/web:v1`);
  assert.is(readFileSync(join(folder, NAME), "utf8"), SOUND_IMAGES);

  const docker = temporaryFolder("docker");
  writeFileSync(join(docker, "config.json"), JSON.stringify({ auths: { [peer.host]: { auth: basic.slice(6) } } }));
  const started = performance.now();
  const { code, stdout, stderr } = await set(folder, ["api", "production", "v1", "--reporter", "json"], {
    DOCKER_CONFIG: docker,
  });
  assert.is(code, 0, stderr);
  assert.ok(performance.now() - started < 10_000, "no connection is waited for");
  const { summary } = JSON.parse(stdout);
  assert.is(summary.errors, 0);
  assert.equal(
    [summary.service, summary.environment, summary.image, summary.tag, summary.digest, summary.before, summary.changed],
    ["api", "production", `${peer.host}/acme/web`, "v1", DIGEST, `sha256:${"1".repeat(64)}`, true],
  );
  assert.is(imagesIn(folder).api.production, DIGEST);
});

test("a registry that is not there pins nothing, and is said with the way out", async () => {
  const peer = await registryPeer(withImage);
  const folder = project(`${peer.host}/acme/web`);
  closePeers();
  const { code, stderr } = await set(folder, ["api", "production", "v1"]);
  assert.is(code, 1);
  assert.match(stderr, `${peer.host} cannot be reached (ECONNREFUSED)`);
  assert.match(stderr, "`eco-compile images set api production sha256:...`");
  assert.is(readFileSync(join(folder, NAME), "utf8"), SOUND_IMAGES);
});

/** Questions that have no answer. */
const REFUSED: [args: readonly string[], said: string | RegExp][] = [
  [["apii", "production", OTHER], 'there is no service "apii"; did you mean "api"?'],
  [["nothing", "production", OTHER], /there is no service "nothing"; there are api, /],
  [["api", "prodution", OTHER], 'there is no environment "prodution"; did you mean "production"?'],
  [["api", "production", "sha256:123"], '"sha256:123" is neither a digest'],
  [["api", "production", `sha256:${"AB".repeat(32)}`], "is neither a digest"],
  [["api", "production", "ghcr.io/acme/web:v1"], "is neither a digest"],
  [["api", "production", "../../x"], "is neither a digest"],
  [["api", "production", ""], "It is empty."],
  [["api", "production"], "missing required argument 'version'"],
];
test("what is not declared and what is no version is refused", async () => {
  const folder = project();
  for (const [args, said] of REFUSED) {
    const { code, stderr } = await set(folder, args);
    assert.is(code, 1, args.join(" "));
    assert.match(stderr, said);
  }
  assert.is(readFileSync(join(folder, NAME), "utf8"), SOUND_IMAGES);
  assert.not.ok(existsSync(join(folder, ".eco-compile")));
});

test("a config or a file that cannot be read is shown as everywhere", async () => {
  const folder = project("ghcr.io/acme/web", '{ "api": { "production": "latest" } }');
  const { code, stderr } = await set(folder, ["api", "production", OTHER]);
  assert.is(code, 1);
  assert.match(stderr, `${NAME}:1:26  error  schema/`);
});

test("of any images, one digest is another, the rest is as it was, in order", () => {
  const name = fc.constantFrom("api", "web", "a-b", "ab", "z", "staging", "production");
  const digest = fc.nat().map((number) => `sha256:${number.toString(16).padStart(64, "0")}` as const);
  const PLAIN = { noNullPrototype: true };
  const images = fc.dictionary(name, fc.dictionary(name, digest, PLAIN), PLAIN);
  fc.assert(
    fc.property(images, name, name, digest, (before, service, environment, digest) => {
      const text = withPin(before, { service, environment, digest });
      const after = JSON.parse(text);
      assert.equal(after, { ...before, [service]: { ...before[service], [environment]: digest } });
      for (const record of [after, ...Object.values(after)]) {
        const names = Object.keys(record as object);
        assert.equal(names, [...names].sort());
      }
      assert.is(
        text.split("\n").filter((line) => line.includes("sha256:")).length,
        Object.values(after).flatMap((one) => Object.keys(one as object)).length,
      );
    }),
  );
});

test.run();
