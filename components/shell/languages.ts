/** Each language by its own name, so that its speakers find it whatever the page is in. */
export const LANGUAGES = [
  { locale: "en", name: "English" },
  { locale: "fi", name: "Suomi" },
  { locale: "nb", name: "Norsk bokmål" },
  { locale: "sv", name: "Svenska" },
  { locale: "da", name: "Dansk" },
] as const;
