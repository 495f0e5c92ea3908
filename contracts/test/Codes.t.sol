// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Makes unified social credit codes
/// @dev Written apart from the library under test: it looks characters up and raises 3 to a power.
library Codes {
    bytes internal constant ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// @dev The code that begins with 17 characters of the alphabet.
    function complete(bytes17 prefix) internal pure returns (bytes18) {
        uint256 sum = 0;
        for (uint256 i = 0; i < 17; i++) sum += indexOf(prefix[i]) * (3 ** i);
        return bytes18(prefix) | (bytes18(ALPHABET[(31 - (sum % 31)) % 31]) >> (17 * 8));
    }

    function typeCode(bytes17 prefix, bytes3 digits) internal pure returns (bytes21) {
        return bytes21(complete(prefix)) | (bytes21(digits) >> (18 * 8));
    }

    function random(uint256 seed) internal pure returns (bytes17 prefix) {
        for (uint256 i = 0; i < 17; i++) {
            prefix |= bytes17(ALPHABET[seed % 31]) >> (i * 8);
            seed /= 31;
        }
    }

    function indexOf(bytes1 character) internal pure returns (uint256) {
        for (uint256 i = 0; i < ALPHABET.length; i++) if (ALPHABET[i] == character) return i;
        revert("not in the alphabet");
    }
}
