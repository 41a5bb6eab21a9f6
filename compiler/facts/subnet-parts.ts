/**
 * The fewest equal parts that a range of AWS is cut into for so many zones, with one more for what is public; what the
 * module takes where it is told none (terraform-modules/aws/network).
 */
export const fewestParts = (zones: number): number => 2 ** Math.ceil(Math.log2(zones + 1));
