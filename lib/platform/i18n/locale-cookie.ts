export const LOCALE_COOKIE = "kytkin_locale";
