import { Global, Module } from '@nestjs/common';
import { Partitions } from './partitions.js';
import { Retention } from './retention.js';

/** Global: each room registers what of its own is to go. */
@Global()
@Module({ providers: [Retention, Partitions], exports: [Retention, Partitions] })
export class RetentionModule {}
