/** `node --import` this file to run TypeScript sources directly, without a build. */
import { register } from 'node:module';

register('./typescript-hooks.js', import.meta.url);
