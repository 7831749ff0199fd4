import { type Api, type Crm, countries, type Entity } from "../data/crm";

/** The system user, which all calls of an application are made by. */
export const SYSTEM_ASSOCIATE = 1;

export const ID_FIELDS: Record<Api, string> = { Contact: "ContactId", Person: "PersonId", Sale: "SaleId" };

const idOf = (value: unknown, name: string): number =>
  typeof value === "object" && value !== null ? Number(Reflect.get(value, name) ?? 0) : 0;

/** Records with the ids that they refer to, and what is wrong with one. */
export function findFault(crm: Crm, api: Api, entity: Entity): string | null {
  const has = (other: Api, id: number): boolean =>
    id === 0 || crm.records[other].some((one) => one[ID_FIELDS[other]] === id);
  const mandatory: Record<Api, string> = { Contact: "Name", Person: "Lastname", Sale: "Heading" };
  if (!String(entity[mandatory[api]] ?? "").trim()) return `${mandatory[api]} is mandatory.`;
  if (api !== "Contact" && !has("Contact", idOf(entity.Contact, "ContactId")))
    return "The contact does not exist.";
  if (api === "Sale" && idOf(entity.Contact, "ContactId") === 0) return "A sale needs a contact.";
  if (api === "Sale" && !has("Person", idOf(entity.Person, "PersonId"))) return "The person does not exist.";
  for (const [property, list] of Object.entries(LISTS)) {
    const id = idOf(entity[property], "Id");
    if (id !== 0 && !crm.lists[list]?.some((item) => item.id === id))
      return `${property} ${id} is not in its list.`;
  }
  const unknown = Object.keys(entity.CustomFields ?? {}).filter(
    (name) => !crm.userFields[api].includes(name),
  );
  return unknown.length > 0 ? `There is no field ${unknown[0]}.` : null;
}

const LISTS: Readonly<Record<string, string>> = {
  Category: "category",
  Business: "business",
  Position: "perspos",
  Source: "source",
  SaleType: "saletype",
  Rating: "prob",
  Currency: "currency",
};

const associate = (crm: Crm, id: number): Entity => {
  const found = crm.lists.associate?.find((one) => one.id === id);
  return { AssociateId: id, Name: found?.hint ?? "", FullName: found?.name ?? "" };
};

const noAddress = (): Entity => ({
  Street: { Address1: "", Address2: "", Address3: "", City: "", County: "", State: "", Zipcode: "" },
  Postal: { Address1: "", Address2: "", Address3: "", City: "", County: "", State: "", Zipcode: "" },
});

/** What the vendor fills in for a new record. */
export function makeDefault(crm: Crm, api: Api): Entity {
  const common = {
    [ID_FIELDS[api]]: 0,
    Associate: associate(crm, SYSTEM_ASSOCIATE),
    CustomFields: Object.fromEntries(crm.userFields[api].map((name) => [name, ""])),
  };
  switch (api) {
    case "Contact":
      return {
        ...common,
        ...{ Name: "", Department: "", OrgNr: "", Number1: "", Number2: "", Description: "" },
        ...{ Emails: [], Urls: [], Phones: [], Faxes: [], NoMailing: false, Xstop: false, Deleted: 0 },
        Business: { Id: 1 },
        Category: { Id: 1 },
        Country: { ...countries[0] },
        Address: noAddress(),
      };
    case "Person":
      return {
        ...common,
        ...{
          Firstname: "",
          MiddleName: "",
          Lastname: "",
          Mrmrs: "",
          Title: "",
          Description: "",
          PersonNumber: "",
        },
        ...{
          Emails: [],
          OfficePhones: [],
          MobilePhones: [],
          PrivatePhones: [],
          OtherPhones: [],
          Faxes: [],
          Urls: [],
        },
        ...{ NoMailing: false, Retired: false, IsAssociate: false },
        Position: { Id: 0 },
        Contact: { ContactId: 0 },
        Country: { ...countries[0] },
      };
    case "Sale":
      return {
        ...common,
        ...{
          Heading: "",
          SaleText: "",
          Number: "",
          Amount: 0,
          Earning: 0,
          EarningPercent: 0,
          Probability: 10,
        },
        ...{ Status: "Open", Saledate: "2026-11-30T00:00:00", NextDueDate: "2026-11-30T00:00:00" },
        Contact: { ContactId: 0 },
        Person: { PersonId: 0 },
        SaleType: { Id: 1 },
        Rating: { Id: 1 },
        Source: { Id: 1 },
        Currency: { Id: 1 },
      };
  }
}

/** What the vendor works out of a record that is saved: names of what it refers to, and its earning. */
export function complete(crm: Crm, api: Api, entity: Entity): Entity {
  const completed: Entity = { ...entity, Associate: associate(crm, idOf(entity.Associate, "AssociateId")) };
  for (const [property, list] of Object.entries(LISTS))
    if (entity[property] !== undefined) {
      const id = idOf(entity[property], "Id");
      const name = crm.lists[list]?.find((item) => item.id === id)?.name ?? "";
      completed[property] = { Id: id, Value: name };
    }
  if (entity.Country !== undefined)
    completed.Country = {
      ...countries.find(({ CountryId }) => CountryId === idOf(entity.Country, "CountryId")),
    };
  if (api === "Person") completed.FullName = `${entity.Firstname} ${entity.Lastname}`.trim();
  if (api === "Sale")
    completed.Earning = Math.round(Number(entity.Amount) * Number(entity.EarningPercent)) / 100;
  if (api !== "Contact") {
    const id = idOf(entity.Contact, "ContactId");
    const name = crm.records.Contact.find(({ ContactId }) => ContactId === id)?.Name ?? "";
    completed.Contact = { ContactId: id, Name: name };
  }
  return completed;
}
