/** Plain text written by somebody else: blank lines part paragraphs, single line breaks stay. Never HTML. */
export function Paragraphs({ text }: { text: string }) {
  const paragraphs = text.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
  return (
    <div className="grid gap-3">
      {paragraphs.filter(Boolean).map((paragraph) => (
        <p key={paragraph} className="whitespace-pre-line">
          {paragraph}
        </p>
      ))}
    </div>
  );
}
