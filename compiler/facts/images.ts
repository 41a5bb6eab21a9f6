import type { Image, Workload } from "../topology/workloads.ts";

/** An image that has a version of its own, and what it is called in `ecosystem.images.json`. */
export interface PinnedImage {
  key: string;
  image: Image;
}

/** What a container's image is called there. */
export const imageKey = (service: string, container: string): string => `${service}/${container}`;

/** The images of a workload's pods. */
export const imagesOf = ({ name, image, containers }: Workload): PinnedImage[] => [
  { key: name, image },
  ...containers.filter(({ pinned }) => pinned).map((own) => ({ key: imageKey(name, own.name), image: own.image })),
];
