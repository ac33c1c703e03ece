/** So many rows are worked on at once: as many as the gateway's batches hold. */
export const mostAtOnce = 200;
