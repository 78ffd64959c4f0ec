#pragma once

/// Opcodes of Python's pickle protocol 2 that torch.save writes for tensors (measured).
namespace hezar::io::pickle {

inline constexpr char kOpProto = '\x80';
inline constexpr char kOpStop = '.';
inline constexpr char kOpMark = '(';
inline constexpr char kOpNone = 'N';
inline constexpr char kOpNewTrue = '\x88';
inline constexpr char kOpNewFalse = '\x89';
inline constexpr char kOpBinInt = 'J';
inline constexpr char kOpBinInt1 = 'K';
inline constexpr char kOpBinInt2 = 'M';
inline constexpr char kOpLong1 = '\x8a';
inline constexpr char kOpBinFloat = 'G';
inline constexpr char kOpBinUnicode = 'X';
inline constexpr char kOpEmptyTuple = ')';
inline constexpr char kOpTuple1 = '\x85';
inline constexpr char kOpTuple2 = '\x86';
inline constexpr char kOpTuple3 = '\x87';
inline constexpr char kOpTuple = 't';
inline constexpr char kOpEmptyList = ']';
inline constexpr char kOpAppend = 'a';
inline constexpr char kOpAppends = 'e';
inline constexpr char kOpEmptyDict = '}';
inline constexpr char kOpSetItem = 's';
inline constexpr char kOpSetItems = 'u';
inline constexpr char kOpBinPut = 'q';
inline constexpr char kOpLongBinPut = 'r';
inline constexpr char kOpBinGet = 'h';
inline constexpr char kOpLongBinGet = 'j';
inline constexpr char kOpGlobal = 'c';
inline constexpr char kOpReduce = 'R';
inline constexpr char kOpBuild = 'b';
inline constexpr char kOpBinPersId = 'Q';

}  // namespace hezar::io::pickle
