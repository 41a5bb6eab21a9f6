import { changed } from "../../test/change.ts";

/** Where something is planted in a config that is otherwise fine. */
export type Place = readonly [path: string, value: unknown];

export const env = (name: string, value: string): Place => ["services.web.config.env", { [name]: value }];
export const file = (name: string, content: string): Place => ["services.web.config.files", { [name]: content }];
export const args = (...values: string[]): Place => ["services.web.args", values];
export const command = (...values: string[]): Place => ["services.web.command", values];
export const header = (name: string, value: string): Place => [
  "services.web.probes.liveness.headers",
  { [name]: value },
];
export const probe = (...values: string[]): Place => ["services.web.probes.startup.command", values];
export const merge = (kind: string, change: object): Place => [
  "patches[0]",
  { target: "helm", kind, name: "web", merge: change },
];
export const json = (...operations: object[]): Place => [
  "patches[0]",
  { target: "helm", kind: "Deployment", name: "web", json: operations },
];
export const label = (name: string, value: string): Place => ["clusters.gke.nodePools.main.labels", { [name]: value }];

export const planted = (place: Place): unknown => changed(place);
