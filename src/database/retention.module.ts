import { Global, Module } from '@nestjs/common';
import { Retention } from './retention.js';

/** Global: each room registers what of its own is to go. */
@Global()
@Module({ providers: [Retention], exports: [Retention] })
export class RetentionModule {}
