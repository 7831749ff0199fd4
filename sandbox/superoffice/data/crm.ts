/** A record as the vendor's API has it; its shape is that of the vendor's document. */
export type Entity = Record<string, unknown>;

/** Kinds of records, by the name of their path: `/v1/Contact`. */
export const APIS = ["Contact", "Person", "Sale"] as const;
export type Api = (typeof APIS)[number];

type ListItem = { id: number; name: string; hint?: string };
export type ForeignKey = {
  app: string;
  device: string;
  key: string;
  table: string;
  value: string;
  recordId: number;
};

/** What a tenant's CRM holds. */
export type Crm = {
  nextId: number;
  records: Record<Api, Entity[]>;
  /** By the names of `/v1/MDOList`. */
  lists: Record<string, ListItem[]>;
  foreignKeys: ForeignKey[];
  /** Prog-ids of published more-page fields. */
  userFields: Record<Api, string[]>;
};

const items = (...names: string[]): ListItem[] => names.map((name, index) => ({ id: index + 1, name }));

export const makeCrm = (): Crm => ({
  nextId: 1,
  records: { Contact: [], Person: [], Sale: [] },
  lists: {
    category: items("Customer", 'US:"Supplier";FI:"Toimittaja"', "Partner"),
    business: items("Retail", "Industry"),
    perspos: items("Managing director", "Buyer"),
    source: items("Web", "Phone"),
    saletype: items("Order", "Subscription"),
    prob: items("Lead", "Offer", "Order"),
    currency: items("EUR", "NOK", "SEK", "DKK"),
    associate: [
      { id: 1, name: "", hint: "SYSTEM" },
      { id: 5, name: "Aino Esimerkki", hint: "AINOE" },
      { id: 6, name: "Otso Omistaja", hint: "OTSOO" },
    ],
  },
  foreignKeys: [],
  userFields: { Contact: [], Person: [], Sale: [] },
});

/** Countries of every tenant: name in the installed language, in English, prefix of postal codes. */
export const countries = [
  { CountryId: 246, Name: "Suomi", EnglishName: "Finland", ZipPrefix: "FIN", TwoLetterISOCountry: "FI" },
  { CountryId: 578, Name: "Norja", EnglishName: "Norway", ZipPrefix: "N", TwoLetterISOCountry: "NO" },
  { CountryId: 752, Name: "Ruotsi", EnglishName: "Sweden", ZipPrefix: "S", TwoLetterISOCountry: "SE" },
  { CountryId: 208, Name: "Tanska", EnglishName: "Denmark", ZipPrefix: "DK", TwoLetterISOCountry: "DK" },
] as const;
