import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Team } from "../topology/teams.ts";
import { entries } from "./resolve.ts";

export const lowerTeams = ({ teams }: Ecosystem): Team[] =>
  entries(teams, "teams").map(({ name, value, source }) => ({
    name,
    source,
    contact: value.contact,
    namespace: value.namespace ?? name,
  }));
