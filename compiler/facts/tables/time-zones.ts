import { shipped } from "./table.ts";

/** `data/time-zones.json`: the names of the IANA time zone database, sorted, those of the past included. */
export interface TimeZoneTable {
  /** Day of the source, as 2026-10-28. */
  date: string;
  names: readonly string[];
}

/** Carried along, since what Node knows depends on its version. */
export const timeZoneTable = shipped<TimeZoneTable>("time-zones.json");
