/** A number of bytes as people write it: 1,048,576. */
export const byteCount = (bytes: number): string => String(bytes).replace(/\B(?=(\d{3})+$)/g, ",");
