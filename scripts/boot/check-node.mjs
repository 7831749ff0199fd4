const MINIMUM = [20, 19];

/** The words that tell why this Node is too old, or null when it will do. */
export function describeUnsuitableNode(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNewEnough = major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
  if (isNewEnough) return null;
  return (
    `Kytkin needs Node.js ${MINIMUM.join(".")} or newer; this is ${version}.\n` +
    "Install a newer one from https://nodejs.org, then run the same command again."
  );
}
