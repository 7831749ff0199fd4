/** The lists of the console that a member narrows and keeps views of. */
export const MONITORED_LISTS = ["requests", "connections"] as const;
export type MonitoredList = (typeof MONITORED_LISTS)[number];
