/**
 * Objects that their schemas let through, and what the rules of their CRDs say of each. The lab sends the same to an API
 * server.
 */
export interface Case {
  title: string;
  apiVersion: string;
  kind: string;
  /** Cluster-scoped. Default: false */
  cluster?: boolean;
  spec: object;
  /** The messages of the rules that it breaks; none when it is sound. */
  breaks: readonly string[];
}

const of =
  (apiVersion: string, kind: string, cluster = false) =>
  (title: string, spec: object, ...breaks: string[]): Case => ({
    title: `${kind}: ${title}`,
    apiVersion,
    kind,
    ...(cluster ? { cluster } : {}),
    spec,
    breaks,
  });

const DURATION = "must be a valid duration greater than 1ms";
const PORT = "port must be between 1-65535";

const virtualService = of("networking.istio.io/v1", "VirtualService");
const route = { route: [{ destination: { host: "web" } }] };
const timeout = (timeout: string) => ({ hosts: ["web"], http: [{ ...route, timeout }] });

const destinationRule = of("networking.istio.io/v1", "DestinationRule");
const selected = (matchLabels: object) => ({ host: "web", workloadSelector: { matchLabels } });

const gateway = of("networking.istio.io/v1", "Gateway");
const tls = (tls: object) => ({
  servers: [{ hosts: ["*"], port: { number: 443, name: "https", protocol: "HTTPS" }, tls: { mode: "SIMPLE", ...tls } }],
});

const serviceEntry = of("networking.istio.io/v1", "ServiceEntry");
const entry = (more: object) => ({
  hosts: ["api.acme.example"],
  ports: [{ number: 443, name: "https", protocol: "TLS" }],
  resolution: "STATIC",
  ...more,
});
const endpoint = (more: object) => entry({ endpoints: [{ address: "192.0.2.1", ...more }] });

const envoyFilter = of("networking.istio.io/v1alpha3", "EnvoyFilter");
const patch = (match: object) => ({ configPatches: [{ applyTo: "HTTP_FILTER", match }] });

const authorization = of("security.istio.io/v1", "AuthorizationPolicy");
const TARGET = { group: "", kind: "Service", name: "web" };
const peer = of("security.istio.io/v1", "PeerAuthentication");
const request = of("security.istio.io/v1", "RequestAuthentication");
const jwt = (more: object) => ({ jwtRules: [{ issuer: "acme", ...more }] });
const telemetry = of("telemetry.istio.io/v1", "Telemetry");
const tag = (change: object) => ({ metrics: [{ overrides: [{ tagOverrides: { path: change } }] }] });

const issuer = of("cert-manager.io/v1", "ClusterIssuer", true);
const CLOUD = { apiTokenSecretRef: { name: "token" } };
const TPP = { url: "https://tpp.acme.example/vedsdk", credentialsRef: { name: "tpp" } };
const store = of("external-secrets.io/v1", "ClusterSecretStore", true);
const doppler = (auth: object) => ({ provider: { doppler: { auth } } });
const scaled = of("keda.sh/v1alpha1", "ScaledObject");
const scale = (more: object) => ({
  scaleTargetRef: { name: "web" },
  triggers: [{ type: "cpu", metadata: {} }],
  ...more,
});

const recommended = of("autoscaling.k8s.io/v1", "VerticalPodAutoscaler");
const boost = (cpu: object) => ({
  targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
  startupBoost: { cpu },
});
const FACTOR = "factor is required when type is Factor and forbidden otherwise";
const QUANTITY = "quantity is required when type is Quantity and forbidden otherwise";

export const cases: readonly Case[] = [
  recommended("a factor", boost({ type: "Factor", factor: 2 })),
  recommended("a factor that is not said", boost({ type: "Factor" }), FACTOR),
  recommended("a quantity", boost({ type: "Quantity", quantity: "500m" })),
  recommended("a factor for a quantity", boost({ type: "Quantity", factor: 2 }), FACTOR, QUANTITY),
  virtualService("a millisecond", timeout("1ms")),
  virtualService("many units", timeout("1h30m5.5s")),
  virtualService("none", timeout("0s"), DURATION),
  virtualService("less than nothing", timeout("-1s"), DURATION),
  virtualService("no duration", timeout("soon"), DURATION),
  virtualService("days, which Go has not", timeout("1d"), DURATION),

  destinationRule("labels", selected({ app: "web" })),
  destinationRule("a wildcard in a key", selected({ "app*": "web" }), "wildcard not allowed in label key match"),
  destinationRule("an empty key", selected({ "": "web" }), "key must not be empty"),
  destinationRule("a wildcard in a value", selected({ app: "w*" }), "wildcard not allowed in label value match"),

  gateway("one credential", tls({ credentialName: "a" })),
  gateway(
    "names and certificates",
    tls({ credentialNames: ["a"], tlsCertificates: [{ serverCertificate: "a", privateKey: "b" }] }),
    "only one of credentialNames or tlsCertificates can be set",
    "only one of credentialName or tlsCertificates can be set",
  ),
  gateway(
    "a name and names",
    tls({ credentialName: "a", credentialNames: ["b"] }),
    "only one of credentialName or credentialNames can be set",
  ),

  serviceEntry("endpoints", entry({ endpoints: [{ address: "192.0.2.1" }] })),
  serviceEntry(
    "endpoints and workloads",
    entry({ endpoints: [{ address: "192.0.2.1" }], workloadSelector: { labels: { app: "web" } } }),
    "only one of WorkloadSelector or Endpoints can be set",
  ),
  serviceEntry("a range", entry({ addresses: ["192.0.2.0/24"] })),
  serviceEntry(
    "a range that is looked up",
    entry({ addresses: ["192.0.2.0/24"], resolution: "DNS" }),
    "CIDR addresses are allowed only for NONE/STATIC resolution types",
  ),
  serviceEntry(
    "endpoints without resolution",
    entry({ resolution: "NONE", endpoints: [{ address: "192.0.2.1" }] }),
    "NONE mode cannot set endpoints",
  ),
  serviceEntry(
    "two endpoints in turn",
    entry({ resolution: "DNS_ROUND_ROBIN", endpoints: [{ address: "a.example" }, { address: "b.example" }] }),
    "DNS_ROUND_ROBIN mode cannot have multiple endpoints",
  ),
  serviceEntry("one endpoint in turn", entry({ resolution: "DNS_ROUND_ROBIN", endpoints: [{ address: "a.example" }] })),
  serviceEntry("no address", entry({ endpoints: [{ weight: 1 }] }), "Address is required"),
  serviceEntry("a socket", endpoint({ address: "unix:///run/web" })),
  serviceEntry(
    "a socket with ports",
    endpoint({ address: "unix:///run/web", ports: { https: 443 } }),
    "UDS may not include ports",
  ),
  serviceEntry(
    "a socket somewhere",
    endpoint({ address: "unix://run/web" }),
    "UDS must be an absolute path or abstract socket",
  ),
  serviceEntry("a folder", endpoint({ address: "unix:///run/" }), "UDS may not be a dir"),
  serviceEntry("a port's name", endpoint({ ports: { "https-": 443 } }), "port name must be valid"),
  serviceEntry("a port of an endpoint", endpoint({ ports: { https: 65_536 } }), PORT),
  serviceEntry("the highest port", endpoint({ ports: { https: 65_535 } })),
  serviceEntry("any host", entry({ hosts: ["*"] }), "hostname cannot be wildcard"),
  serviceEntry(
    "a port twice",
    entry({ ports: [443, 443].map((number, index) => ({ number, name: `port-${index}` })) }),
    "port number cannot be duplicated",
  ),
  serviceEntry(
    "a wildcard in a label",
    entry({ workloadSelector: { labels: { app: "w*" } } }),
    "wildcard is not supported in selector",
  ),

  envoyFilter("targets", { targetRefs: [TARGET] }),
  envoyFilter(
    "targets and workloads",
    { targetRefs: [TARGET], workloadSelector: { labels: { app: "web" } } },
    "only one of targetRefs or workloadSelector can be set",
  ),
  envoyFilter(
    "a waypoint elsewhere",
    patch({ context: "GATEWAY", waypoint: {} }),
    "only support waypointMatch when context is WAYPOINT",
  ),
  envoyFilter("a waypoint", patch({ context: "WAYPOINT", waypoint: { portNumber: 80 } })),
  envoyFilter(
    "another namespace",
    { targetRefs: [{ ...TARGET, namespace: "shop" }] },
    "cross namespace referencing is not currently supported",
  ),

  authorization("one way to select", { selector: { matchLabels: { app: "web" } } }),
  authorization(
    "two ways to select",
    { selector: { matchLabels: { app: "web" } }, targetRefs: [TARGET] },
    "only one of targetRefs or selector can be set",
  ),
  authorization(
    "accounts and namespaces",
    { rules: [{ from: [{ source: { serviceAccounts: ["shop/web"], namespaces: ["shop"] } }] }] },
    "Cannot set serviceAccounts with namespaces or principals",
  ),
  authorization("accounts", { rules: [{ from: [{ source: { serviceAccounts: ["shop/web"] } }] }] }),

  peer("a port", { selector: { matchLabels: { app: "web" } }, portLevelMtls: { "80": { mode: "STRICT" } } }),
  peer("a port of all", { portLevelMtls: { "80": { mode: "STRICT" } } }, "portLevelMtls requires selector"),
  peer(
    "a port that is none",
    { selector: { matchLabels: { app: "web" } }, portLevelMtls: { "65536": { mode: "STRICT" } } },
    PORT,
  ),
  peer(
    "a port that is no number",
    { selector: { matchLabels: { app: "web" } }, portLevelMtls: { http: { mode: "STRICT" } } },
    PORT,
  ),

  request("keys at an address", jwt({ jwksUri: "https://acme.example/keys" })),
  request("keys at another", jwt({ jwksUri: "ftp://acme.example/keys" }), "url must have scheme http:// or https://"),
  request("keys nowhere", jwt({ jwksUri: "acme" }), "url must have scheme http:// or https://"),
  request(
    "keys twice",
    jwt({ jwksUri: "https://acme.example/keys", jwks: "{}" }),
    "only one of jwks or jwksUri can be set",
  ),

  telemetry("a value", tag({ operation: "UPSERT", value: "request.path" })),
  telemetry("no value", tag({ operation: "UPSERT", value: "" }), "value must be set when operation is UPSERT"),
  telemetry("a value left out", tag({ operation: "UPSERT" }), "value must be set when operation is UPSERT"),
  telemetry(
    "a value of nothing",
    tag({ operation: "REMOVE", value: "a" }),
    "value must not be set when operation is REMOVE",
  ),

  issuer("a cloud", { venafi: { zone: "a", cloud: CLOUD } }),
  issuer(
    "a cloud and a server",
    { venafi: { zone: "a", cloud: CLOUD, tpp: TPP } },
    "exactly one of tpp, cloud, or ngts must be configured",
  ),
  issuer("neither", { venafi: { zone: "a" } }, "exactly one of tpp, cloud, or ngts must be configured"),

  store("a token", doppler({ secretRef: { dopplerToken: { name: "doppler" } } })),
  store("nothing", doppler({}), "Exactly one of 'secretRef' or 'oidcConfig' must be specified"),

  scaled("bounds", scale({ minReplicaCount: 2, maxReplicaCount: 2 })),
  scaled(
    "above the default",
    scale({ minReplicaCount: 101 }),
    "minReplicaCount must be less than or equal to maxReplicaCount",
  ),
];
