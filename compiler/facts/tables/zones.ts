import type { CloudKind } from "../../config/model/clouds.ts";
import { shipped, type Table } from "./table.ts";

/** `data/zones.json`: the zones of each region, sorted; an empty list where a region has none. */
export type ZoneTable = Table<Readonly<Record<string, readonly string[]>>>;

export const zoneTable = shipped<ZoneTable>("zones.json");

/** The zones of a region, or undefined where no source names them. */
export const zonesOf = ({ clouds }: ZoneTable, cloud: CloudKind, region: string): readonly string[] | undefined =>
  Object.hasOwn(clouds[cloud], region) ? clouds[cloud][region] : undefined;
