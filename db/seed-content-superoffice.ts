import { content, right, type SeedIntegration, sample } from "./seed-content";
import { BY_SYSTEM_USER } from "./seed-terms";

/** A sample integration for SuperOffice, of the same fictional partner. */
export const superofficeIntegration: SeedIntegration = {
  name: "superoffice",
  connector: "superoffice",
  slug: "esimerkki-crm-sync",
  isListed: true,
  kind: "customers",
  content: content(
    {
      name: "Esimerkki CRM Sync",
      summary: {
        en: "Customers and orders of your web shop in SuperOffice.",
        fi: "Verkkokauppasi asiakkaat ja tilaukset SuperOfficessa.",
        nb: "Kundene og ordrene i nettbutikken din i SuperOffice.",
        sv: "Webbutikens kunder och order i SuperOffice.",
        da: "Webshoppens kunder og ordrer i SuperOffice.",
      },
      description: sample({
        en: "Each customer of your web shop becomes a company with its contact person in SuperOffice, and each order a sale. What you change in SuperOffice stays as you changed it.",
        fi: "Jokaisesta verkkokauppasi asiakkaasta tehdään SuperOfficeen yritys yhteyshenkilöineen ja jokaisesta tilauksesta myynti. Se, mitä muutat SuperOfficessa, pysyy muutettuna.",
        nb: "Hver kunde i nettbutikken din blir et firma med kontaktperson i SuperOffice, og hver ordre et salg. Det du endrer i SuperOffice, forblir slik du endret det.",
        sv: "Varje kund i webbutiken blir ett företag med kontaktperson i SuperOffice, och varje order en försäljning. Det du ändrar i SuperOffice förblir som du har ändrat det.",
        da: "Hver kunde i webshoppen bliver et firma med kontaktperson i SuperOffice, og hver ordre et salg. Det, du ændrer i SuperOffice, forbliver, som du har ændret det.",
      }),
      dataFlows: [
        {
          what: {
            en: "Companies and contact persons",
            fi: "Yritykset ja yhteyshenkilöt",
            nb: "Firmaer og kontaktpersoner",
            sv: "Företag och kontaktpersoner",
            da: "Firmaer og kontaktpersoner",
          },
          direction: "to_vendor",
          frequency: { kind: "every", count: 15, unit: "minute" },
          master: "partner",
        },
        {
          what: { en: "Sales", fi: "Myynnit", nb: "Salg", sv: "Försäljningar", da: "Salg" },
          direction: "to_vendor",
          frequency: { kind: "within", count: 10, unit: "minute" },
          master: "partner",
        },
        {
          what: {
            en: "Who looks after each sale",
            fi: "Kunkin myynnin vastuuhenkilö",
            nb: "Hvem som følger opp hvert salg",
            sv: "Vem som ansvarar för varje försäljning",
            da: "Hvem der følger op på hvert salg",
          },
          direction: "from_vendor",
          frequency: { kind: "every", count: 1, unit: "day" },
          master: "vendor",
        },
      ],
      price: {
        kind: "known",
        amountMinor: 7900,
        currency: "EUR",
        billedTo: "environment",
        priceListUrl: "https://partner.example/prices",
      },
      decisionTimeoutSeconds: 3600,
      username: "Esimerkki CRM Sync",
      rights: [
        right("contact", "write", {
          en: "Makes a company for each customer and keeps its address up to date.",
          fi: "Tekee yrityksen jokaisesta asiakkaasta ja pitää sen osoitteen ajan tasalla.",
          nb: "Oppretter et firma for hver kunde og holder adressen oppdatert.",
          sv: "Skapar ett företag för varje kund och håller adressen aktuell.",
          da: "Opretter et firma for hver kunde og holder adressen opdateret.",
        }),
        right("person", "write", {
          en: "Adds the customer’s contact persons.",
          fi: "Lisää asiakkaan yhteyshenkilöt.",
          nb: "Legger til kundens kontaktpersoner.",
          sv: "Lägger till kundens kontaktpersoner.",
          da: "Tilføjer kundens kontaktpersoner.",
        }),
        right("sale", "write", {
          en: "Makes a sale for each order.",
          fi: "Tekee myynnin jokaisesta tilauksesta.",
          nb: "Oppretter et salg for hver ordre.",
          sv: "Skapar en försäljning för varje order.",
          da: "Opretter et salg for hver ordre.",
        }),
        right("project", "read", {
          en: "Finds the project that a sale belongs to.",
          fi: "Löytää projektin, johon myynti kuuluu.",
          nb: "Finner prosjektet som et salg hører til.",
          sv: "Hittar projektet som en försäljning hör till.",
          da: "Finder det projekt, som et salg hører til.",
        }),
      ],
      access: ["deliveries", "files"],
      partnerSteps: { kind: "none" },
      settings: [],
    },
    BY_SYSTEM_USER,
  ),
};
