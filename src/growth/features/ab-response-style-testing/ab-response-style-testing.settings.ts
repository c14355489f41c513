import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsNumber,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

import type { ResponseStyle } from './response-styles.js';
import { RESPONSE_STYLES } from './response-styles.js';

export class VariantSettings {
  /** Upper case, e.g. `A`; reported in lower case. */
  @Matches(/^[A-Z][A-Z0-9_]{0,19}$/)
  readonly key: string = 'A';

  /** Share of the contacts, relative to the other variants' weights. */
  @IsNumber()
  @Min(0)
  @Max(1_000_000)
  readonly weight: number = 50;

  @IsIn(RESPONSE_STYLES)
  readonly style: ResponseStyle = 'unchanged';
}

export class AbResponseStyleTestingSettings {
  /**
   * Blank for the first experiment. Another key starts another experiment: contacts are assigned
   * anew, independently of their former variant.
   */
  @IsString()
  @MaxLength(60)
  @Matches(/^[a-z0-9_]*$/)
  readonly experimentKey: string = '';

  /** The order matters: the lowest buckets get the first variant. */
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ArrayUnique((variant: VariantSettings) => variant.key)
  @ValidateNested({ each: true })
  @Type(() => VariantSettings)
  readonly variants: readonly VariantSettings[] = [
    { key: 'A', weight: 50, style: 'unchanged' },
    { key: 'B', weight: 50, style: 'invite_questions' },
  ];

  /** Variant by contact id, for test contacts; they take no part in the evaluation. */
  @IsObject()
  readonly forcedVariants: Readonly<Record<string, string>> = {};

  /** Share of the contacts that stay out of the experiment altogether. */
  @IsNumber()
  @Min(0)
  @Max(100)
  readonly holdoutPercent: number = 0;
}
