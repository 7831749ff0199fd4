/** The people of the demo that a track is for. None of them exists. */
export const PEOPLE = {
  owner: { email: "owner@example.com", name: "Otso Omistaja", role: "owns one company" },
  office: { email: "office@example.com", name: "Tiina Tilitoimisto", role: "accountant of 200 companies" },
  partnerAdmin: {
    email: "partner-admin@example.com",
    name: "Paula Partneri",
    role: "owner of Esimerkki Software Oy",
  },
  colleague: { email: "colleague@example.com", name: "Kaisu Kollega", role: "takes files in for customers" },
  operator: { email: "operator@example.com", name: "Olli Operaattori", role: "runs this installation" },
} as const;
export type PersonName = keyof typeof PEOPLE;

export const isPerson = (name: string): name is PersonName => Object.hasOwn(PEOPLE, name);
