import type { MarkedToken, Tokens } from "marked";

export type PictureSize = { width: number; height: number };
/** Where a picture is served, in light and dark; its size in pixels, so that nothing moves when it arrives. */
export type GuidePictureFile = { light: string; dark: string; size: PictureSize };

/** Markdown's own tokens, with what the portal knows of headings and pictures besides. */
export type GuideToken =
  | Exclude<MarkedToken, Tokens.Heading | Tokens.Image>
  /** Codes of the portal's messages that the heading's section helps with. */
  | (Tokens.Heading & { helpsWith?: readonly string[] })
  | (Tokens.Image & { file?: GuidePictureFile });

type GuideSection = { anchor: string; title: string };
export type Guide = {
  connectorId: string;
  title: string;
  tokens: GuideToken[];
  contents: (GuideSection & { sections: GuideSection[] })[];
};
