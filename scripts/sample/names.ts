const PLACES = [
  ...["Hopeaharjun", "Vihervaaran", "Kivisalmen", "Tuulilahden", "Sinikallion", "Metsolan", "Lumirannan"],
  ...["Ruskalan", "Kuusiniemen", "Havumäen", "Taikametsän", "Usvajärven", "Iltaruskon", "Satulehdon"],
  ...["Kuunsillan", "Revonmäen", "Hallavaaran", "Pilvilinnan"],
];
const TRADES = [
  ...[
    "Leipomo Oy",
    "Kukkakauppa Tmi",
    "Rakennus Oy",
    "Autohuolto Oy",
    "Kahvila Oy",
    "Taimisto Ky",
    "Optiikka Oy",
  ],
  ...["Siivous Oy", "Sähkö Oy", "Putki Oy", "Apteekki", "Kirjakauppa Oy", "Kuljetus Oy", "Puusepät Oy"],
];

/** The `position`-th name of a company that does not exist; no two are alike below 252. */
export function makeName(position: number): string {
  const place = PLACES[position % PLACES.length];
  const trade = TRADES[(position + Math.floor(position / PLACES.length)) % TRADES.length];
  return `${place} ${trade}`;
}
