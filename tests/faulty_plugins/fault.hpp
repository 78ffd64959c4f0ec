#pragma once

namespace hezar::test {

/// What is wrong with a plugin, by the check that finds it.
enum class Fault {
  kNone,
  kFile,  ///< how it is linked: the code is fine
  kLoadRegister,
  kLoadAgain,
  kLoadTime,
  kLoadOutput,
  kLoadThreads,
  kLoadEnvironment,
  kLoadFolder,
  kLoadLocale,
  kLoadSignals,
  kLoadDescriptors,
  kLoadFloatMode,
  kModuleDescription,
  kModuleDefaults,
  kModuleBuild,
  kModuleIdentity,
  kModuleConfig,
  kModuleExtraKeys,
  kModuleUnknownKey,
  kModuleWrongType,
  kModuleInterface,
  kModuleSave,
  kModelOutputs,
  kModelDeterminism,
  kModelBatch,
  kModelBadInput,
  kModelOptions,
  kModelWeights,
  kPreprocessorDeterminism,
  kPreprocessorBatch,
  kPreprocessorBadText,
  kPreprocessorOptions,
  kPreprocessorSave,
  kTokenizerRows,
  kTokenizerOffsets,
  kTokenizerVocabulary,
  kTokenizerSpecialTokens,
  kTokenizerPadding,
  kTokenizerTruncation,
  kTokenizerDecode,
  kDatasetRows,
  kDatasetRange,
  kDatasetCollator,
  kMetricDeterminism,
  kMetricPermutation,
  kMetricBest,
  kMetricLengths,
  kMetricBadInput,
  kEmbeddingWords,
  kEmbeddingSimilar,
  kEmbeddingUnknownWord,
  kEmbeddingSave,
  kTrainerParts,
  kTrainerOrder,
  kTrainerForeignModel,
};

/// This plugin's; fault.cpp is the one source that each plugin compiles for itself.
extern const Fault kFault;

}  // namespace hezar::test
