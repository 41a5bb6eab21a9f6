import { blueGreen, canary, defineEcosystem, defineService, rolling, shadow, tunable, type Probes, type Service } from "eco-compile";

export const probes = { liveness: { kind: "http", port: "http", pathh: "/live" } } as const satisfies Probes; // ✗ Did you mean to write 'path'?
export const part = { team: "shop", imagee: "ghcr.io/acme/part" } as const satisfies Partial<Service>; // ✗ Did you mean to write 'image'?

/** Misspelt keys and values of the wrong kind, each with what the editor answers. Texts that only look like a unit are the schema's to refuse. */
export default defineEcosystem({
  name: "acme",
  repository: { url: "https://git.example/acme.git" },
  management: { cluster: "main" },
  clouds: { gcp: { project: "acme-platform", network: { name: "acme", cidr: "10.0.0.0/16" }, regions: { "europe-west1": { subnet: { cidr: "10.0.1.0/24" } } } } },
  environments: { production: {} },
  teams: { shop: { contact: "#shop" } },
  clusters: {
    main: { cloud: "gcp", region: "europe-west1", environment: "production", nodePools: {} },
    typo: {
      cloud: "gcp",
      region: "europe-west1",
      environment: "production",
      highlyAvailible: true, // ✗ Did you mean to write 'highlyAvailable'?
      nodePools: {},
    },
    pool: {
      cloud: "gcp",
      region: "europe-west1",
      environment: "production",
      nodePools: {
        general: {
          machineType: "e2-medium",
          sopt: true, // ✗ 'sopt' does not exist
          min: 1,
          max: tunable({
            default: 3,
            min: 1,
            maks: 5, // ✗ 'maks' does not exist
          }),
        },
      },
    },
    other: {
      cloud: "gcpp", // ✗ Type '"gcpp"' is not assignable to type '"gcp"'
      region: "europe-west1",
      environment: "production",
      nodePools: {},
    },
    admins: {
      cloud: "gcp",
      region: "europe-west1",
      environment: "production",
      admins: ["a"], // ✗ 'admins' does not exist
      nodePools: {},
    },
  },
  slos: { available: { objective: "99.9 percent" } }, // ✗ Type '"99.9 percent"' is not assignable
  rollouts: {
    careful: canary({
      steps: [{ weight: 10, pauze: "5m" }], // ✗ Did you mean to write 'pause'?
    }),
    other: canary({
      steps: [{ weight: 10 }],
      analisys: { slos: ["available"] }, // ✗ 'analisys' does not exist
    }),
    text: canary({
      steps: [{ weight: "10" }], // ✗ Type 'string' is not assignable
    }),
    switch: blueGreen({ autoPromotion: true }), // ✗ Did you mean to write 'autoPromote'?
    mirror: shadow({ durations: "30m" }), // ✗ Did you mean to write 'duration'?
    plain: rolling({ maxSurge: "quarter" }), // ✗ Type '"quarter"' is not assignable
    unknown: { kind: "canari", steps: [] }, // ✗ Did you mean '"canary"'?
    literal: { kind: "canary", steps: [], duration: "5m" }, // ✗ 'duration' does not exist
  },
  security: { allowedRegistries: ["ghcr.io/acme/"] },
  services: {
    web: {
      team: "shop",
      image: "ghcr.io/acme/web",
      placement: "all",
      repliicas: 3, // ✗ 'repliicas' does not exist
    },
    api: {
      team: "shop",
      image: "ghcr.io/acme/api",
      placement: "everywhere", // ✗ Type '"everywhere"' is not assignable
      resources: { memory: "256MB" }, // ✗ Type '"256MB"' is not assignable
      gracePeriod: "30 s",
      scaling: { min: "2", max: 2 }, // ✗ Type 'string' is not assignable
    },
    apart: defineService({
      team: "shop",
      image: "ghcr.io/acme/apart",
      placement: "all",
      protocoll: "http", // ✗ 'protocoll' does not exist
    }),
  },
});
