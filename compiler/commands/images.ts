import type { Ecosystem } from "../config/model/ecosystem.ts";
import { dirname, isAbsolute, relative, sep } from "node:path";
import { companionPath, loadCompanion } from "../1-load/companions.ts";
import type { Inputs } from "../1-load/index.ts";
import type { Images } from "../2-validate/validated.ts";
import { writeCompanion } from "../7-write/companion.ts";
import { texts } from "../config/texts.ts";
import { units, type Digest } from "../config/units.ts";
import { DiagnosticError, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Topology } from "../topology/index.ts";
import { imagesOf } from "../facts/images.ts";
import { begin } from "./begin.ts";
import { RegistryError } from "./images/ask-registry.ts";
import { dockerCredentials } from "./images/credentials.ts";
import { withPin, type Pin } from "./images/pinned.ts";
import { placeOf } from "./images/place.ts";
import { resolveTag } from "./images/resolve-tag.ts";
import { show, type ProjectOptions } from "./show.ts";

/** What is asked for on the command line. */
interface Question {
  service: string;
  environment: string;
  /** A digest or a tag. */
  version: string;
}

/** `eco-compile images set`: pins the image that a service runs in an environment. Exit code 1 when it did not. */
export async function imagesSetCommand(question: Question, options: ProjectOptions): Promise<void> {
  const project = begin(options);
  const { compile } = await import("../compile.ts");
  // Only what is declared is asked of the config: that it lacks digests is why somebody is here.
  const result = await compile({ ...project, mode: "check" });
  if (result.topology === undefined) {
    await show({ diagnostics: result.diagnostics, summary: { lines: [] } }, options);
    process.exitCode = 1;
    return;
  }
  const problem = problemOf(question, result.topology);
  if (problem !== undefined) return fail(problem);
  const inputs = await project.inputs;
  const image = imageOf(question, result.topology, inputs.config as Ecosystem);
  try {
    const digest = isDigest(question.version) ? question.version : await digestOf(image, question.version);
    await pin({ ...question, digest }, { image, inputs, topology: result.topology }, options);
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    fail(
      `${error.message}\nnothing is pinned; the digest can be given by hand: \`docker buildx imagetools inspect ${image}:${question.version}\` shows it where it is reachable, then \`eco-compile images set ${question.service} ${question.environment} sha256:...\``,
    );
  }
}

function fail(problem: string): void {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}

const isDigest = (text: string): text is Digest => units.Digest.pattern.test(text);

function problemOf(
  { service, environment, version }: Question,
  { services, workloads, environments }: Topology,
): string | undefined {
  const containers = workloads.flatMap((workload) => imagesOf(workload).map(({ key }) => ({ name: key })));
  return (
    unknown("service", service, [...services, ...containers]) ??
    unknown("environment", environment, environments) ??
    (isDigest(version) || texts.ImageTag.pattern.test(version)
      ? undefined
      : `${JSON.stringify(version)} is neither a digest (sha256: and 64 digits of 0-9 and a-f) nor a tag (${texts.ImageTag.rule})`)
  );
}

function unknown(kind: string, name: string, declared: readonly { name: string }[]): string | undefined {
  const names = [...new Set(declared.map((one) => one.name))].sort();
  return names.includes(name)
    ? undefined
    : `there is no ${kind} ${JSON.stringify(name)}; ${didYouMean(name, names) ?? `there are ${names.join(", ")}`}`;
}

/** Where an image of a name runs, and from which repository. */
const placesOf = (service: string, { workloads }: Topology): { environment: string; repository: string }[] =>
  workloads.flatMap((workload) =>
    imagesOf(workload)
      .filter(({ key }) => key === service)
      .map(({ image }) => ({ environment: workload.environment.name, repository: image.upstream })),
  );

/**
 * The repository, which may be another in each environment; of what does not run there, its own. A mirror is the
 * clusters' and has the same bytes: it is not asked.
 */
function imageOf({ service, environment }: Question, topology: Topology, config: Ecosystem): string {
  const places = placesOf(service, topology);
  const there = places.find((one) => one.environment === environment)?.repository;
  return there ?? config.services[service]?.image ?? places[0]!.repository;
}

const digestOf = (image: string, tag: string): Promise<Digest> =>
  resolveTag(placeOf(image), tag, { credentialsOf: dockerCredentials(process.env) });

interface Place {
  image: string;
  inputs: Inputs;
  topology: Topology;
}

async function pin(
  { service, environment, version, digest }: Question & Pin,
  { image, inputs: { root, configFile }, topology }: Place,
  options: ProjectOptions,
): Promise<void> {
  const file = companionPath(configFile, "images");
  const pinned: { before?: Digest } = {};
  const diagnostics = collected(() =>
    writeCompanion(isBelow(file, root) ? root : dirname(file), file, () => {
      // Once more, since another run may have written it meanwhile.
      const images = (loadCompanion(configFile, "images", process.cwd()) ?? {}) as Images;
      pinned.before = images[service]?.[environment];
      return withPin(images, { service, environment, digest });
    }),
  );
  const isDone = diagnostics.length === 0;
  const runs = placesOf(service, topology).some((one) => one.environment === environment);
  await show(
    {
      diagnostics,
      summary: {
        lines: isDone ? linesOf({ service, environment, version, digest, image, runs, ...pinned }) : [],
        data: isDone
          ? { service, environment, image, ...tagOf(version), digest, changed: pinned.before !== digest, ...pinned }
          : {},
      },
    },
    options,
  );
  process.exitCode = isDone ? 0 : 1;
}

function linesOf(pinned: Question & Pin & { image: string; runs: boolean; before?: Digest }): string[] {
  const { service, environment, version, digest, image, runs, before } = pinned;
  const named = isDigest(version) ? "" : `, which ${image}:${version} is now`;
  return [
    before === digest
      ? `${service} already has ${digest} in ${environment}${named}`
      : `${service} has ${digest} in ${environment}${named}: run eco-compile, and commit both`,
    ...(runs ? [] : [`${service} runs on no cluster of ${environment} so far`]),
  ];
}

const tagOf = (version: string): { tag?: string } => (isDigest(version) ? {} : { tag: version });

function isBelow(file: string, root: string): boolean {
  const path = relative(root, file);
  return path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function collected(write: () => readonly Diagnostic[]): readonly Diagnostic[] {
  try {
    return write();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
}
