import { demo } from "../demo";
import { acceptTerms } from "../flow";
import { seeded } from "../integration";
import { makeAddress } from "../person";
import { getSignInLink, requestSignInMail, signInByLink } from "../sign-in";
import type { Tour } from "./tour";

/** From the start page over the review to being signed in. */
export const signingIn: Tour = async ({ page, look, openDevice }) => {
  const email = makeAddress("tour");
  await page.goto(demo().portalUrl);
  await page.getByRole("heading", { name: "Public integrations" }).waitFor();
  await look("start page");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "Suomi" }).waitFor();
  await look("language choice");
  await page.goto(seeded("automatic").link);
  await page.getByText("Read the terms of").first().click();
  await look("review, signed out");
  await page.getByRole("button", { name: /^Accept and/ }).click();
  await page.getByText("Tick this to continue").waitFor();
  await look("review with an error");

  await acceptTerms(page, seeded("automatic"));
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await look("sign-in");
  const link = getSignInLink(await requestSignInMail(page, email));
  await page.getByText("No message?").click();
  await page.getByLabel("6-digit code").fill("12");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("The code is not right").waitFor();
  await look("check your mail, with an error");
  const stranger = await openDevice();
  await stranger.goto(link.href);
  await stranger.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await stranger.waitForURL(/\/a\//);
  // The waiting tab notices by itself, and loads again.
  await page.getByRole("heading", { name: "The sign-in link was used already" }).waitFor();
  await page.goto(link.href);
  await page.getByRole("heading", { name: "The sign-in link was used already" }).waitFor();
  await look("link that was used");

  await page.goto("/sign-in");
  await page.goto(getSignInLink(await requestSignInMail(page, email)).href);
  await look("sign-in link");
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  // What was accepted belongs to the sign-in that it led to (decision 43): another one leads to an empty home.
  await page.getByRole("heading", { name: "Nothing is activated yet" }).waitFor();
  await page.getByRole("banner").getByRole("button", { name: email }).click();
  const signOut = page.getByRole("button", { name: "Sign out", exact: true });
  await signOut.waitFor();
  await look("account menu");
  await signOut.click();
  await page.waitForURL("/");
  await signInByLink(page, makeAddress("newcomer"));
  await page.getByRole("heading", { name: "Nothing is activated yet" }).waitFor();
  await look("home, empty");
};
