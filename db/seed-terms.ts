import type { SpecificationContent } from "@/lib/catalogue/integration/schema";
import type { Text } from "@/lib/catalogue/integration/texts";

/** The paragraph of the terms that says how an integration gets into a company of Procountor. */
export const BY_TECHNICAL_USER = {
  en: "3. The technical user. A technical user with the rights listed on this page is added to each company that you pick. Its key is kept encrypted and is destroyed when the integration is ended.",
  fi: "3. Tekninen käyttäjä. Jokaiseen valitsemaasi yritykseen lisätään tekninen käyttäjä, jolla on tällä sivulla luetellut oikeudet. Sen avain säilytetään salattuna ja hävitetään, kun integraatio poistetaan käytöstä.",
  nb: "3. Den tekniske brukeren. En teknisk bruker med rettighetene på denne siden legges til i hvert selskap du velger. Nøkkelen oppbevares kryptert og slettes når integrasjonen avsluttes.",
  sv: "3. Den tekniska användaren. En teknisk användare med behörigheterna på den här sidan läggs till i varje företag som du väljer. Nyckeln förvaras krypterad och raderas när integrationen avslutas.",
  da: "3. Den tekniske bruger. En teknisk bruger med rettighederne på denne side tilføjes i hver virksomhed, du vælger. Nøglen opbevares krypteret og slettes, når integrationen afsluttes.",
} as const satisfies Text;

/** The same for a client of PowerOffice Go. */
export const BY_APPLICATION = {
  en: "3. Access. The integration is added as an extension to each PowerOffice Go client that you pick, with the privileges listed on this page. Its client key is kept encrypted. It is removed in Go and destroyed here when the integration is ended.",
  fi: "3. Pääsy. Integraatio lisätään laajennuksena jokaiseen valitsemaasi PowerOffice Go -yritykseen tällä sivulla luetelluin käyttöoikeuksin. Sen asiakasavain säilytetään salattuna. Kun integraatio poistetaan käytöstä, avain poistetaan Gosta ja hävitetään täältä.",
  nb: "3. Tilgang. Integrasjonen legges til som utvidelse hos hver PowerOffice Go-klient du velger, med tilgangene på denne siden. Klientnøkkelen oppbevares kryptert. Når integrasjonen avsluttes, fjernes den i Go og slettes her.",
  sv: "3. Åtkomst. Integrationen läggs till som tillägg hos varje PowerOffice Go-klient som du väljer, med behörigheterna på den här sidan. Klientnyckeln förvaras krypterad. När integrationen avslutas tas den bort i Go och raderas här.",
  da: "3. Adgang. Integrationen tilføjes som udvidelse hos hver PowerOffice Go-klient, du vælger, med rettighederne på denne side. Klientnøglen opbevares krypteret. Når integrationen afsluttes, fjernes den i Go og slettes her.",
} as const satisfies Text;

/** The same for a tenant of SuperOffice. */
export const BY_SYSTEM_USER = {
  en: "3. Access. The integration is approved as an app by an administrator of each company that you connect. SuperOffice gives such an app full access; the portal lets through only what is listed on this page. The access is kept encrypted and is destroyed when the integration is ended.",
  fi: "3. Pääsy. Jokaisen liittämäsi yrityksen pääkäyttäjä hyväksyy integraation sovelluksena. SuperOffice antaa tällaiselle sovellukselle täydet oikeudet; portaali päästää läpi vain tällä sivulla luetellun. Pääsy säilytetään salattuna ja hävitetään, kun integraatio poistetaan käytöstä.",
  nb: "3. Tilgang. Integrasjonen godkjennes som app av en administrator i hvert selskap du kobler til. SuperOffice gir en slik app full tilgang; portalen slipper bare gjennom det som står på denne siden. Tilgangen oppbevares kryptert og slettes når integrasjonen avsluttes.",
  sv: "3. Åtkomst. Integrationen godkänns som app av en administratör i varje företag som du ansluter. SuperOffice ger en sådan app full åtkomst; portalen släpper bara igenom det som anges på den här sidan. Åtkomsten förvaras krypterad och raderas när integrationen avslutas.",
  da: "3. Adgang. Integrationen godkendes som app af en administrator i hver virksomhed, du tilslutter. SuperOffice giver en sådan app fuld adgang; portalen lader kun det igennem, som står på denne side. Adgangen opbevares krypteret og slettes, når integrationen afsluttes.",
} as const satisfies Text;

type Access = typeof BY_TECHNICAL_USER | typeof BY_APPLICATION | typeof BY_SYSTEM_USER;

const body = (access: Access) => ({
  en: `These are sample terms of a fictional partner, made for trying the portal out.

1. The service. The integration moves the data described on this page between your company and the service, as often as described, and nothing else.

2. Your data. It stays yours. It is processed in the European Union, only to provide the service, and is deleted thirty days after the integration has been ended.

${access.en}

4. Price. The monthly price shown is charged for each active company, from the month of activation. You may end the integration at any time, with effect from the end of the month.

5. Support. We answer questions about the integration within one working day, on the address shown on this page.`,
  fi: `Nämä ovat kuvitteellisen kumppanin malliehdot portaalin kokeilemista varten.

1. Palvelu. Integraatio siirtää tällä sivulla kuvatut tiedot yrityksesi ja palvelun välillä niin usein kuin on kuvattu, eikä mitään muuta.

2. Tietosi. Tiedot pysyvät sinun. Niitä käsitellään Euroopan unionissa vain palvelun tuottamiseksi, ja ne poistetaan kolmenkymmenen päivän kuluttua siitä, kun integraatio on poistettu käytöstä.

${access.fi}

4. Hinta. Ilmoitettu kuukausihinta veloitetaan jokaisesta yrityksestä, jossa integraatio on käytössä, käyttöönottokuukaudesta alkaen. Voit poistaa integraation käytöstä milloin tahansa; veloitus päättyy kuukauden lopussa.

5. Tuki. Vastaamme integraatiota koskeviin kysymyksiin yhden työpäivän kuluessa tällä sivulla mainitussa osoitteessa.`,
  nb: `Dette er eksempelvilkår fra en oppdiktet partner, laget for å prøve portalen.

1. Tjenesten. Integrasjonen overfører dataene som er beskrevet på denne siden, mellom selskapet ditt og tjenesten, så ofte som beskrevet, og ikke noe annet.

2. Dataene dine. De forblir dine. De behandles i EU, bare for å levere tjenesten, og slettes tretti dager etter at integrasjonen er avsluttet.

${access.nb}

4. Pris. Månedsprisen som vises, belastes for hvert aktive selskap fra og med måneden integrasjonen aktiveres. Du kan avslutte integrasjonen når som helst, med virkning fra utgangen av måneden.

5. Kundestøtte. Vi svarer på spørsmål om integrasjonen innen én arbeidsdag, på adressen som står på denne siden.`,
  sv: `Det här är exempelvillkor från en påhittad partner, gjorda för att prova portalen.

1. Tjänsten. Integrationen överför de uppgifter som beskrivs på den här sidan mellan ditt företag och tjänsten, så ofta som anges, och inget annat.

2. Dina uppgifter. De förblir dina. De behandlas inom EU, enbart för att tillhandahålla tjänsten, och raderas trettio dagar efter att integrationen har avslutats.

${access.sv}

4. Pris. Månadspriset som visas debiteras för varje aktivt företag från och med den månad då integrationen aktiveras. Du kan avsluta integrationen när som helst, med verkan från månadens slut.

5. Support. Vi svarar på frågor om integrationen inom en arbetsdag, på adressen som anges på den här sidan.`,
  da: `Dette er eksempelvilkår fra en fiktiv partner, lavet til at prøve portalen.

1. Tjenesten. Integrationen overfører de data, der er beskrevet på denne side, mellem din virksomhed og tjenesten, så ofte som beskrevet, og intet andet.

2. Dine data. De forbliver dine. De behandles i EU, kun for at levere tjenesten, og slettes tredive dage efter, at integrationen er afsluttet.

${access.da}

4. Pris. Den viste månedspris opkræves for hver aktiv virksomhed fra og med den måned, hvor integrationen aktiveres. Du kan afslutte integrationen når som helst med virkning fra månedens udgang.

5. Support. Vi svarer på spørgsmål om integrationen inden for én arbejdsdag på den adresse, der står på denne side.`,
});

/** What the fictional partner's customers read about personal data: short, with headings and a list, as such texts are. */
export const PRIVACY_POLICY: SpecificationContent["privacyPolicy"] = {
  version: "2026-11",
  updatedOn: "2026-11-01",
  body: {
    en: `This is a sample policy of a fictional partner.

## What we process

- **Contacts:** names and e-mail addresses of the people who set the integration up.
- **Business partners:** names and contact details of customers and suppliers, as far as they stand in the data that moves.

## How long

Until thirty days after the integration has been ended. Questions: [support@partner.example](mailto:support@partner.example).`,
    fi: `Tämä on kuvitteellisen kumppanin malliseloste.

## Mitä käsittelemme

- **Yhteyshenkilöt:** integraation käyttöön ottaneiden henkilöiden nimet ja sähköpostiosoitteet.
- **Liikekumppanit:** asiakkaiden ja toimittajien nimet ja yhteystiedot siltä osin kuin ne sisältyvät siirtyviin tietoihin.

## Kuinka kauan

Kunnes integraation käytöstä poistamisesta on kulunut kolmekymmentä päivää. Kysymykset: [support@partner.example](mailto:support@partner.example).`,
    nb: `Dette er en eksempelerklæring fra en oppdiktet partner.

## Hva vi behandler

- **Kontaktpersoner:** navn og e-postadresser til dem som setter opp integrasjonen.
- **Forretningsforbindelser:** navn og kontaktinformasjon for kunder og leverandører, så langt de inngår i dataene som overføres.

## Hvor lenge

Til tretti dager etter at integrasjonen er avsluttet. Spørsmål: [support@partner.example](mailto:support@partner.example).`,
    sv: `Det här är en exempelpolicy från en påhittad partner.

## Vad vi behandlar

- **Kontaktpersoner:** namn och e-postadresser till dem som tar integrationen i bruk.
- **Affärspartner:** namn och kontaktuppgifter för kunder och leverantörer, i den mån de ingår i de uppgifter som överförs.

## Hur länge

Till trettio dagar efter att integrationen har avslutats. Frågor: [support@partner.example](mailto:support@partner.example).`,
    da: `Dette er en eksempelpolitik fra en fiktiv partner.

## Hvad vi behandler

- **Kontaktpersoner:** navne og e-mailadresser på dem, der tager integrationen i brug.
- **Forretningsforbindelser:** navne og kontaktoplysninger på kunder og leverandører, for så vidt de indgår i de data, der overføres.

## Hvor længe

Indtil tredive dage efter, at integrationen er afsluttet. Spørgsmål: [support@partner.example](mailto:support@partner.example).`,
  },
};

type Agreements = Pick<SpecificationContent, "terms" | "dataProcessingAgreement">;

/** The texts that a customer of the fictional partner accepts. */
export const agreementsOf = (access: Access): Agreements => ({
  terms: { version: "2026-11", updatedOn: "2026-11-01", body: body(access) },
  dataProcessingAgreement: {
    version: "2026-11",
    updatedOn: "2026-11-01",
    body: {
      en: `This is a sample agreement of a fictional partner.

1. Roles. Your company is the controller of the personal data; the partner processes it on your behalf.

2. What and why. Names and contact details of customers, suppliers and contact persons, only to provide the integration.

3. Security. The data is encrypted in transit and at rest. The partner tells you of a breach within 48 hours.

4. The end. Thirty days after the integration has been ended the partner deletes the data.`,
      fi: `Tämä on kuvitteellisen kumppanin mallisopimus.

1. Roolit. Yrityksesi on henkilötietojen rekisterinpitäjä; kumppani käsittelee niitä yrityksesi lukuun.

2. Mitä ja miksi. Asiakkaiden, toimittajien ja yhteyshenkilöiden nimet ja yhteystiedot, vain integraation toteuttamiseksi.

3. Tietoturva. Tiedot salataan siirrossa ja tallennettuina. Kumppani ilmoittaa tietoturvaloukkauksesta 48 tunnin kuluessa.

4. Päättyminen. Kumppani poistaa tiedot kolmenkymmenen päivän kuluttua siitä, kun integraatio on poistettu käytöstä.`,
      nb: `Dette er en eksempelavtale fra en oppdiktet partner.

1. Roller. Selskapet ditt er behandlingsansvarlig for personopplysningene; partneren behandler dem på dets vegne.

2. Hva og hvorfor. Navn og kontaktinformasjon for kunder, leverandører og kontaktpersoner, bare for å levere integrasjonen.

3. Sikkerhet. Dataene krypteres under overføring og lagring. Partneren varsler om brudd innen 48 timer.

4. Opphør. Partneren sletter dataene tretti dager etter at integrasjonen er avsluttet.`,
      sv: `Det här är ett exempelavtal från en påhittad partner.

1. Roller. Ditt företag är personuppgiftsansvarigt; partnern behandlar uppgifterna för företagets räkning.

2. Vad och varför. Namn och kontaktuppgifter för kunder, leverantörer och kontaktpersoner, enbart för att tillhandahålla integrationen.

3. Säkerhet. Uppgifterna krypteras under överföring och lagring. Partnern underrättar om en incident inom 48 timmar.

4. Upphörande. Partnern raderar uppgifterna trettio dagar efter att integrationen har avslutats.`,
      da: `Dette er en eksempelaftale fra en fiktiv partner.

1. Roller. Din virksomhed er dataansvarlig for personoplysningerne; partneren behandler dem på virksomhedens vegne.

2. Hvad og hvorfor. Navne og kontaktoplysninger på kunder, leverandører og kontaktpersoner, kun for at levere integrationen.

3. Sikkerhed. Data krypteres under overførsel og opbevaring. Partneren underretter om et brud inden for 48 timer.

4. Ophør. Partneren sletter data tredive dage efter, at integrationen er afsluttet.`,
    },
  },
});
