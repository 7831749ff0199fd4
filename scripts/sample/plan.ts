import { makeName } from "./names";

/** What becomes of a request. */
type Fate = "active" | "rejected" | "cancelled" | "waiting";

export type PlannedRequest = {
  email: string;
  integration: "automatic" | "form" | "page";
  companies: readonly string[];
  fate: Fate;
};

export const OFFICE = {
  email: "office@example.com",
  fullName: "Tiina Tilitoimisto",
  companies: Array.from({ length: 200 }, (_, position) => makeName(position)),
  /** Requests one after the other, each as large as the cap allows. */
  requests: 3,
  perRequest: 20,
  /** Companies whose key the vendor revokes. */
  inTrouble: [3, 17, 41],
} as const;

const FATES: [count: number, integration: PlannedRequest["integration"], fate: Fate][] = [
  [9, "automatic", "active"],
  [5, "form", "active"],
  [1, "page", "cancelled"],
  [2, "page", "rejected"],
  [6, "automatic", "active"],
  [3, "page", "active"],
  [1, "page", "waiting"],
];

/** Of other customers, the oldest first; the last one waits. With those of the office they are thirty. */
export const OTHERS: readonly PlannedRequest[] = FATES.flatMap(([count, integration, fate]) =>
  Array.from({ length: count }, () => ({ integration, fate })),
).map(({ integration, fate }, index) => ({
  email: `sample-${String(index + 1).padStart(2, "0")}@example.com`,
  integration,
  fate,
  // Past the names of the office's companies; every third customer has two.
  companies: Array.from({ length: index % 3 === 2 ? 2 : 1 }, (_, more) =>
    makeName(OFFICE.companies.length + index + more * 27),
  ),
}));
