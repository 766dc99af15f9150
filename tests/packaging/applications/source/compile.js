/**
 * Runs a compiler of webpack's kind once; a warning is a failure.
 *
 * @param {import('webpack').Compiler} compiler
 */
export async function compile(compiler) {
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => (error ? reject(error) : resolve(result)));
  });
  await new Promise((resolve) => compiler.close(resolve));
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  // The size of the engine is known, and limited elsewhere.
  const complaints = [...errors, ...warnings].filter(
    ({ message }) => !/size limit|performance/.test(message),
  );
  if (complaints.length > 0) throw new Error(complaints.map(({ message }) => message).join('\n'));
}
