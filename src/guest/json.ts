/** Named once, because every byte of the guest is in every bundle. */
export const { parse, stringify } = JSON;
