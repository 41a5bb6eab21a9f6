/** Which files the compiler owns: what a tree says of the compiler that wrote it. */
export const MANIFEST_PATH = "generated/manifest.json";

/** The first format of the manifest that is written together with a lock. */
export const WITH_LOCK = 3;
