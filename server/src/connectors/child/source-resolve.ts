import { registerHooks } from 'node:module';

// Only when the product runs from its sources: relative imports are written with `.js`, the files end in `.ts`.
registerHooks({
  resolve(specifier, context, next) {
    const isSource = context.parentURL?.endsWith('.ts') === true && /^\.{1,2}\/.*\.js$/.test(specifier);
    return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
