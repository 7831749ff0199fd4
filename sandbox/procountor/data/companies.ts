import type { Company } from "../model";
import { makeBusinessId } from "./business-id";

const ACCOUNTING_OFFICE = { id: 15001, name: "Tilitoimisto Esimerkki Oy" };

/** Companies that show what a portal has to cope with. */
export const SPECIAL_COMPANIES = {
  sameName: [15507, 15523],
  activeByManualSetUp: [15511, 15512],
  otherProduct: 15519,
  closed: 15526,
  keyNotIssued: 15533,
} as const;

/** The accountant's clients, from 15501 on. All invented. */
const CLIENT_NAMES = [
  "Aapasuon Autohuolto Oy",
  "Halkopinon Rakennus Oy",
  "Hilirimpsin Kukkakauppa Tmi",
  "Jänkälän Kuljetus Oy",
  "Kaarnaveneen Puusepät Oy",
  "Kangasvuokon Hoivapalvelut Oy",
  "Mallila Oy",
  "Karpalorannan Pursiseura ry",
  "Katajapihan Taimisto Ky",
  "Kelohongan Hirsitalot Oy",
  "Kielotien Kahvila Oy",
  "Koivukujan Konepaja Oy",
  "Kuutamokosken Voima Oy",
  "Lakkasuon Luomutila Oy",
  "Lumikinoksen Siivous Oy",
  "Marjamättään Mehustamo Oy",
  "Myllypuron Leipomo Esimerkki Oy",
  "Naavakorven Ohjelmistot Oy",
  "Nuotiopiirin Elämysretket Oy",
  "Oravanpesän Päiväkoti Oy",
  "Otavaisen Optiikka Oy",
  "Pakkasukon Kylmälaite Oy",
  "Mallila Oy",
  "Pihlajaniityn Tilapalvelu Oy",
  "Poutapilven Matkatoimisto Oy",
  "Puolukkapolun Verhoomo Ky",
  "Purolaakson Putki Oy",
  "Rantakivikon Kala Oy",
  "Ratamonlehden Apteekki Esimerkki",
  "Revontulilehdon Remontti Oy",
  "Ruskamäen Sähkö Oy",
  "Saarnipuiston Soitin Oy",
  "Sammalkiven Kiinteistöt Oy",
  "Sinivuokon Suunnittelu Oy",
  "Suopursun Saippuapaja Tmi",
  "Takkatulen Nuohous Oy",
  "Tervahaudan Venetarvike Oy",
  "Tuohikontin Käsityö Osk",
  "Vanamon Vaatehuone Oy",
  "Yöttömän Yön Tapahtumat Oy",
];

const OWN_COMPANIES = [
  { id: 16001, name: "Omistajan Oma Yritys Oy" },
  { id: 17001, name: "Kollegan Kirjakauppa Oy" },
];

function makeCompany(id: number, name: string, position: number, isClient: boolean): Company {
  return {
    id,
    name,
    businessId: makeBusinessId(position * 13),
    country: "FINLAND",
    productVersion: id === SPECIAL_COMPANIES.otherProduct ? "SALES_GOLD" : "FINANCIALS_PREMIUM",
    operationType: id === SPECIAL_COMPANIES.closed ? "CLOSED" : "PRODUCTION",
    accountingOffice: isClient ? ACCOUNTING_OFFICE : null,
  };
}

const FIRST_ADDED_ID = 20_001;

/** The `position`-th company beyond those below: a plain one, with a name that no other has. */
export function makeAddedCompany(position: number): Company {
  const id = FIRST_ADDED_ID + position;
  const name = `${CLIENT_NAMES[position % CLIENT_NAMES.length]} ${id}`;
  // Past every position that the companies below take.
  return makeCompany(id, name, CLIENT_NAMES.length + OWN_COMPANIES.length + position, true);
}

const clients = CLIENT_NAMES.map((name, index) => makeCompany(15501 + index, name, index, true));
const owned = OWN_COMPANIES.map(({ id, name }, index) =>
  makeCompany(id, name, CLIENT_NAMES.length + index, false),
);

export const CLIENT_IDS: number[] = clients.map(({ id }) => id);
export const companies: ReadonlyMap<number, Company> = new Map(
  [...clients, ...owned].map((company) => [company.id, company]),
);
