/** How single callers call a service, as the mesh reads the VirtualServices of all targets together. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../scripts/everything/everything.ts";
import { topologyOf } from "../../test/support/topology.ts";
import { blueGreen, canary, rolling, shadow } from "../config/define.ts";
import type { Dependency } from "../config/model/calls.ts";
import type { Service } from "../config/model/services.ts";
import rollouts from "../targets/argo-rollouts/index.ts";
import istio from "../targets/istio/index.ts";
import { createValidator, schemasBelow } from "../6-verify/kubernetes/index.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import type { KubernetesObject } from "./artifact.ts";

const test = suite("routes of callers");
const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));

type Data = any;

const served = { ...everything.services["inline-swap"]!, slos: [], rollout: rolling() };
const CALLERS = ["one", "other", "stranger"];

/** The objects of a cluster where `one` calls `called` as it says, `other` as well, and `stranger` without a word. */
function objectsOf(
  rollout: Service["rollout"],
  calls: Partial<Record<"one" | "other", Partial<Dependency>>>,
  ports?: Service["ports"],
): Data[] {
  const callers = Object.fromEntries(
    CALLERS.map((name) => [name, { ...served, dependsOn: [{ service: "called", port: 80, ...calls[name as "one"] }] }]),
  );
  const called = { ...served, ...(ports === undefined ? {} : { ports }), rollout };
  const topology = topologyOf({ ...everything, services: { ...everything.services, ...callers, called } as Data });
  const objects = [...istio.emit(topology), ...rollouts.emit(topology)]
    .filter(({ path }) => path.includes("/gke/"))
    .flatMap(({ body }): KubernetesObject[] => (body.kind === "kubernetes" ? [...body.objects] : []));
  for (const object of objects) if (object.kind === "VirtualService") assert.equal(validate(object), []);
  return objects;
}

const virtualServices = (objects: Data[], host = "called"): Data[] =>
  objects.filter(({ kind, spec }) => kind === "VirtualService" && spec.hosts.includes(host));

/** The route that a request takes: the first one that matches. */
const routeOf = (http: Data[], caller: string, port = 80): Data =>
  http.find(({ match }) =>
    (match ?? [{}]).some(
      (one: Data) =>
        (one.port ?? port) === port &&
        (one.sourceNamespace ?? "crew-apps") === "crew-apps" &&
        (one.sourceLabels?.["app.kubernetes.io/name"] ?? caller) === caller,
    ),
  );

const STRATEGIES: Record<string, Service["rollout"]> = {
  rolling: rolling(),
  "blue-green": blueGreen({}),
  canary: canary({ steps: [{ weight: 20, pause: "1m" }] }),
  shadow: shadow({ duration: "10m" }),
};
for (const [kind, rollout] of Object.entries(STRATEGIES)) {
  test(`${kind}: each caller has its own options, and who says none has none`, () => {
    const objects = objectsOf(rollout, {
      one: { timeout: "1500ms", retries: { attempts: 2, perTry: "500ms", on: ["reset", "503"] } },
      other: { retries: { attempts: 0, perTry: "1s" } },
    });
    const [route, ...more] = virtualServices(objects);
    assert.equal(more, [], "the mesh takes one VirtualService for a host");
    const { http } = route.spec;
    const [one, other, stranger] = CALLERS.map((caller) => routeOf(http, caller));
    assert.is(one.timeout, "1.5s");
    assert.equal(one.retries, { attempts: 2, perTryTimeout: "0.5s", retryOn: "reset,503" });
    assert.is(other.timeout, undefined);
    assert.equal(other.retries, { attempts: 0 });
    assert.equal(Object.keys(stranger).sort(), ["name", "route"]);
    for (const each of http) assert.equal(each.route, stranger.route, "whatever the caller, it comes to the same pods");
    const moved = objects.find(({ kind, metadata }) => kind === "Rollout" && metadata.name === "called")?.spec.strategy
      .canary?.trafficRouting?.istio.virtualService.routes;
    if (moved !== undefined)
      assert.equal(
        moved,
        http.map(({ name }: Data) => name),
        "the Rollout moves the weights of every route",
      );
    assert.is(moved !== undefined, kind === "canary" || kind === "shadow");
  });
}

test("nobody says anything: there is no VirtualService beside those of rollouts", () => {
  assert.equal(virtualServices(objectsOf(rolling(), {})), []);
  assert.equal(
    virtualServices(objectsOf(STRATEGIES["canary"], {}))[0].spec.http.map(({ name }: Data) => name),
    ["primary"],
  );
});

test("how a caller connects is said in no route", () => {
  const connection = { connectTimeout: "1s", outliers: {} } as const;
  assert.equal(virtualServices(objectsOf(rolling(), { one: connection })), []);
  const [route] = virtualServices(objectsOf(STRATEGIES["canary"], { one: connection, other: { timeout: "1s" } }));
  assert.equal(
    route.spec.http.map(({ name }: Data) => name),
    ["primary-from-other", "primary"],
  );
});

test("several ports: options are those of the port that is called, and TCP goes on as it does", () => {
  const ports: Service["ports"] = { http: { port: 80 }, admin: { port: 81 }, raw: { port: 82, protocol: "tcp" } };
  const [route] = virtualServices(objectsOf(rolling(), { one: { timeout: "1s" } }, ports));
  const { http, tcp } = route.spec;
  assert.is(routeOf(http, "one", 80).timeout, "1s");
  assert.is(routeOf(http, "one", 81).timeout, undefined);
  assert.is(routeOf(http, "stranger", 80).timeout, undefined);
  assert.equal(tcp, [{ match: [{ port: 82 }], route: [{ destination: { host: "called", port: { number: 82 } } }] }]);
  assert.equal(
    http.map(({ route: [to] }: Data) => to.destination.port.number),
    [81, 80, 80], // in the order of the ports' names
  );
});

test.run();
