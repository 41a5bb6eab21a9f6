import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { KubernetesObject, TargetArtifact } from "../5-emit/artifact.ts";
import { hclFile } from "../5-emit/serialise/hcl-file.ts";
import { terraformObject } from "../facts/names.ts";
import type { Cloud } from "../topology/clouds.ts";
import type { Topology } from "../topology/index.ts";
import { fault } from "./fault.ts";

/**
 * Clouds share nothing: what is applied in one account names the account, the states, the networks and the identities of
 * no other. Looked for in roots, in the objects that apply them, and in annotations, which is where identities stand.
 */
export function separateClouds(artifacts: readonly TargetArtifact[], topology: Topology): Diagnostic[] {
  const { clouds } = topology;
  if (clouds.length < 2) return [];
  const marks = new Map(clouds.map((cloud) => [cloud.name, marksOf(cloud)]));
  const foreign = new Map(clouds.map(({ name }) => [name, foreignTo(name, marks)]));
  const said = ownerOf(topology);
  return artifacts.flatMap((artifact) =>
    said(artifact).flatMap(({ cloud, what, text }) =>
      foreign
        .get(cloud)!
        .filter(({ pattern }) => pattern.test(text))
        .map(({ owner, title, value }) => ({
          ...fault(
            "verify/another-cloud",
            artifact,
            `${what} in ${artifact.path} is of ${cloud}, and names ${title} ${value} of ${owner}`,
          ),
          hint: `each cloud has its own: take the one of ${cloud}`,
        })),
    ),
  );
}

/** Something that belongs to one cloud alone, and how it looks where it is named. */
interface Mark {
  title: string;
  value: string;
  pattern: RegExp;
}

function marksOf({ name, kind, account, stateStore, network, regions, keyVault }: Cloud): Mark[] {
  const accounts = {
    // A project's id may be any word, so it counts where nothing else can stand.
    gcp: `(?<![\\w-])${escaped(account)}\\.(?:iam\\.gserviceaccount\\.com|svc\\.id\\.goog)|(?:projects|pkg\\.dev|gcr\\.io)/${whole(account)}|\\bproject\\s*=\\s*"${escaped(account)}"`,
    aws: whole(account),
    azure: whole(account),
  };
  const networks = [...new Set([network.name, ...regions.map(({ subnet }) => subnet.name)])];
  return [
    { title: "the account", value: account, pattern: new RegExp(accounts[kind]) },
    { title: "the state store", value: stateStore.bucket, pattern: new RegExp(whole(stateStore.bucket)) },
    { title: "the roots", value: name, pattern: new RegExp(`generated/terraform/${escaped(name)}/`) },
    ...networks.map((value) => ({
      title: "the network",
      value,
      // As modules of networks are told its name.
      pattern: new RegExp(`^module "network[^}]*?^  name +=\\s*"${escaped(value)}"`, "m"),
    })),
    ...(keyVault === undefined
      ? []
      : [{ title: "the key vault", value: keyVault, pattern: new RegExp(whole(keyVault)) }]),
  ];
}

/** What belongs to the other clouds, but for values that a cloud has itself. */
function foreignTo(cloud: string, marks: ReadonlyMap<string, readonly Mark[]>): (Mark & { owner: string })[] {
  const own = new Set(marks.get(cloud)!.map(({ value }) => value));
  return [...marks]
    .filter(([owner]) => owner !== cloud)
    .flatMap(([owner, others]) => others.filter(({ value }) => !own.has(value)).map((mark) => ({ ...mark, owner })));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const whole = (text: string): string => `(?<![\\w-])${escaped(text)}(?![\\w-])`;

/** What an artifact says in the name of a cloud. */
interface Said {
  cloud: string;
  what: string;
  text: string;
}

function ownerOf({ terraformRoots, clusters }: Topology): (artifact: TargetArtifact) => Said[] {
  const roots = new Map(terraformRoots.map((root) => [root.path, root]));
  const objects = new Map(terraformRoots.map((root) => [terraformObject(root.name), root]));
  const clouds = new Map(clusters.map(({ path, cloud }) => [path, cloud]));
  return ({ path, body }) => {
    const folders = path.split("/");
    const root = roots.get(folders.slice(0, 4).join("/")); // generated/terraform/<cloud>/<root>
    if (root !== undefined && body.kind === "hcl")
      return [{ cloud: root.cloud, what: "the root", text: hclFile(body.parts) }];
    const cloud = clouds.get(folders.slice(0, 3).join("/")); // generated/clusters/<cluster>
    if (cloud === undefined) return [];
    if (body.kind === "values") return annotationsIn(body.data).map((text) => ({ cloud, what: "an annotation", text }));
    if (body.kind !== "kubernetes") return [];
    return body.objects.flatMap((object) => {
      const applied = object.kind === "Terraform" ? objects.get(object.metadata.name) : undefined;
      return applied === undefined
        ? annotationsIn(object).map((text) => ({ cloud, what: `an annotation of ${titleOf(object)}`, text }))
        : [{ cloud: applied.cloud, what: titleOf(object), text: textsIn(object).join("\n") }];
    });
  };
}

const titleOf = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;

/** The values of all annotations in a structure, also those of what a chart makes of it. Loops: all output goes by here. */
function annotationsIn(value: unknown, found: string[] = []): string[] {
  if (Array.isArray(value)) for (const item of value) annotationsIn(item, found);
  else if (value !== null && typeof value === "object")
    for (const key in value) {
      const child = (value as Record<string, unknown>)[key];
      if (/annotations$/i.test(key)) found.push(...textsIn(child));
      else annotationsIn(child, found);
    }
  return found;
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value === null || typeof value !== "object" ? [] : Object.values(value).flatMap(textsIn);
}
