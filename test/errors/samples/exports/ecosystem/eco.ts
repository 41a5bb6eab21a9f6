import { project } from "eco-compile";
import type config from "../ecosystem.config.ts";

interface Project {
  config: typeof config;
}

export const { defineService } = project<Project>();
