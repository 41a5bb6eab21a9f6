/**
 * A client of an API server that sees what libraries hide: the `Warning` headers of an answer, and the exact verdict of
 * strict field validation. https://kubernetes.io/docs/reference/using-api/api-concepts/
 */
import { Agent, request } from "node:https";
import { until, type UntilOptions } from "../until.ts";

/** Objects are looked at as the plain data that they are. */
export type Data = any;

export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; [field: string]: unknown };
  [field: string]: unknown;
}

/** Where an object is. The namespace is left out for what has none. */
export interface Reference {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
}

export interface Answer {
  status: number;
  body: Data;
  /** Texts of the `Warning` headers: deprecated APIs, Pod Security, policies that warn. */
  warnings: string[];
}

/** The server's refusal, in its own words. */
export class Refused extends Error {
  readonly status: number;
  readonly reason: string;
  constructor(what: string, { status, body }: Answer) {
    super(`${what}: ${body?.message ?? JSON.stringify(body)}`);
    this.status = status;
    this.reason = body?.reason ?? "";
  }
}

export interface Access {
  url: string;
  /** Certificates that the server's own is checked against. */
  ca: string;
  token: string;
  /** Acts as this user, with its rights alone. */
  as?: { user: string; groups?: readonly string[] };
}

interface Resource {
  plural: string;
  namespaced: boolean;
}

export interface ApplyOptions {
  manager?: string;
  /** Takes fields that others own. Default: no, so that a clash is seen. */
  force?: boolean;
  dryRun?: boolean;
  subresource?: string;
}

/** Milliseconds; long, since a machine that builds at the same time may stand still for a while. */
const PATIENCE = 120_000;

export class Client {
  readonly access: Access;
  private readonly agent: Agent;
  private resources: Map<string, Resource> = new Map();

  constructor(access: Access) {
    this.access = access;
    this.agent = new Agent({ keepAlive: true, maxSockets: 8, ca: access.ca });
  }

  as(user: string, groups: readonly string[] = []): Client {
    return new Client({ ...this.access, as: { user, groups } });
  }

  request(
    method: string,
    path: string,
    body?: unknown,
    contentType = "application/json",
    accept = "application/json",
  ): Promise<Answer> {
    const { url, token, as } = this.access;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      accept,
      ...(as
        ? { "impersonate-user": as.user, ...(as.groups?.length ? { "impersonate-group": [...as.groups] } : {}) }
        : {}),
      ...(text === undefined ? {} : { "content-type": contentType, "content-length": Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const outgoing = request(
        new URL(path, url),
        { method, headers, agent: this.agent, timeout: PATIENCE },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", reject);
          incoming.on("end", () =>
            resolve({
              status: incoming.statusCode!,
              body: parse(Buffer.concat(chunks).toString()),
              warnings: warningsIn(incoming.headersDistinct["warning"]),
            }),
          );
        },
      );
      outgoing.on("timeout", () =>
        outgoing.destroy(new Error(`${method} ${path}: no answer within ${PATIENCE / 1000} s`)),
      );
      // The server closes a connection that was idle for long, perhaps at this very moment:
      // https://nodejs.org/docs/latest-v20.x/api/http.html#requestreusedsocket
      outgoing.on("error", (error: NodeJS.ErrnoException) =>
        outgoing.reusedSocket && error.code === "ECONNRESET"
          ? resolve(this.request(method, path, body, contentType, accept))
          : reject(error),
      );
      outgoing.end(text);
    });
  }

  /**
   * Server-side apply with strict field validation: what the server refuses is thrown, what it warns of is returned.
   */
  async apply(
    object: KubernetesObject,
    { manager = "eco-lab", force = false, dryRun = false, subresource }: ApplyOptions = {},
  ): Promise<Answer> {
    const query = new URLSearchParams({
      fieldManager: manager,
      fieldValidation: "Strict",
      force: String(force),
      ...(dryRun ? { dryRun: "All" } : {}),
    });
    const path = await this.pathOf(referenceTo(object));
    return mustSucceed(
      `apply ${describe(object)}`,
      await this.request(
        "PATCH",
        `${path}${subresource ? `/${subresource}` : ""}?${query}`,
        object,
        "application/apply-patch+yaml",
      ),
    );
  }

  async create(object: KubernetesObject, { dryRun = false } = {}): Promise<Answer> {
    const path = await this.collectionOf(object.apiVersion, object.kind, object.metadata.namespace);
    return mustSucceed(
      `create ${describe(object)}`,
      await this.request("POST", `${path}?fieldValidation=Strict${dryRun ? "&dryRun=All" : ""}`, object),
    );
  }

  async patch(reference: Reference, merge: unknown, subresource?: string): Promise<Data> {
    const path = `${await this.pathOf(reference)}${subresource ? `/${subresource}` : ""}`;
    return mustSucceed(
      `patch ${describe(reference)}`,
      await this.request("PATCH", path, merge, "application/merge-patch+json"),
    ).body;
  }

  /** Undefined where there is none. */
  async get(reference: Reference): Promise<Data | undefined> {
    const answer = await this.request("GET", await this.pathOf(reference));
    return answer.status === 404 ? undefined : mustSucceed(`get ${describe(reference)}`, answer).body;
  }

  async list(
    apiVersion: string,
    kind: string,
    { namespace, labels }: { namespace?: string; labels?: Readonly<Record<string, string>> } = {},
  ): Promise<Data[]> {
    const selector = labels
      ? `?labelSelector=${encodeURIComponent(
          Object.entries(labels)
            .map(([key, value]) => `${key}=${value}`)
            .join(","),
        )}`
      : "";
    const answer = await this.request("GET", `${await this.collectionOf(apiVersion, kind, namespace)}${selector}`);
    return mustSucceed(`list ${kind}`, answer).body.items.map((item: Data) => ({ apiVersion, kind, ...item }));
  }

  async remove(reference: Reference): Promise<void> {
    const answer = await this.request("DELETE", `${await this.pathOf(reference)}?propagationPolicy=Background`);
    if (answer.status !== 404) mustSucceed(`delete ${describe(reference)}`, answer);
  }

  /** Waits until an object is as the look wants it. A failure shows the object's status. */
  async waitFor(
    reference: Reference,
    look: (object: Data) => unknown,
    what: string,
    options: UntilOptions = {},
  ): Promise<Data> {
    const see = async (): Promise<Data> => {
      const object = await this.get(reference);
      return object !== undefined && look(object) ? object : undefined;
    };
    return until(`${describe(reference)} ${what}`, see, {
      instead: async () => (await this.get(reference))?.status ?? "no such object",
      ...options,
    });
  }

  /** Whether the server knows the kind. Asks anew when it does not: kinds come with CRDs. */
  async knows(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.resource(apiVersion, kind)) !== undefined;
  }

  async isNamespaced(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.mustKnow(apiVersion, kind)).namespaced;
  }

  async pathOf({ apiVersion, kind, name, namespace }: Reference): Promise<string> {
    return `${await this.collectionOf(apiVersion, kind, namespace)}/${encodeURIComponent(name)}`;
  }

  async collectionOf(apiVersion: string, kind: string, namespace?: string): Promise<string> {
    const { plural, namespaced } = await this.mustKnow(apiVersion, kind);
    const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    return `${root}${namespaced && namespace !== undefined ? `/namespaces/${namespace}` : ""}/${plural}`;
  }

  private async mustKnow(apiVersion: string, kind: string): Promise<Resource> {
    const resource = await this.resource(apiVersion, kind);
    if (!resource) throw new Error(`the API server knows no ${apiVersion} ${kind}`);
    return resource;
  }

  private async resource(apiVersion: string, kind: string): Promise<Resource | undefined> {
    const key = `${apiVersion} ${kind}`;
    if (!this.resources.has(key)) this.resources = await this.discover();
    return this.resources.get(key);
  }

  /** Aggregated discovery: two requests tell of every kind. */
  private async discover(): Promise<Map<string, Resource>> {
    const accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    const groups = await Promise.all(
      ["/api", "/apis"].map(
        async (path) =>
          mustSucceed(path, await this.request("GET", path, undefined, undefined, accept)).body.items as Data[],
      ),
    );
    const found = new Map<string, Resource>();
    for (const { metadata, versions } of groups.flat()) {
      for (const { version, resources = [] } of versions) {
        const apiVersion = metadata?.name ? `${metadata.name}/${version}` : version;
        for (const { resource, scope, responseKind } of resources) {
          if (responseKind?.kind)
            found.set(`${apiVersion} ${responseKind.kind}`, { plural: resource, namespaced: scope === "Namespaced" });
        }
      }
    }
    return found;
  }

  close(): void {
    this.agent.destroy();
  }
}

export const referenceTo = ({ apiVersion, kind, metadata: { name, namespace } }: KubernetesObject): Reference => ({
  apiVersion,
  kind,
  name,
  namespace,
});

/** `Deployment shop/web`. */
export function describe(object: KubernetesObject | Reference): string {
  const { name, namespace } = "metadata" in object ? object.metadata : object;
  return `${object.kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

function mustSucceed(what: string, answer: Answer): Answer {
  if (answer.status >= 400) throw new Refused(what, answer);
  return answer;
}

function parse(text: string): Data {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}

/**
 * `299 - "text"`, with quotes and backslashes escaped: RFC 9110, section 5.6.4, of the retired RFC 7234, section 5.5.
 */
const warningsIn = (headers: readonly string[] = []): string[] =>
  headers.flatMap((header) =>
    [...header.matchAll(/\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text!.replace(/\\(.)/g, "$1")),
  );
