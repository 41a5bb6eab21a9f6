export const replicas = 3;
