export const MOST_KEYS = 10;
export const MOST_NETWORKS = 50;
