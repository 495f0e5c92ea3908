// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Unified social credit codes (统一社会信用代码)
/// @notice Checks the form and the check character of an agency's code, as GB 32100-2015 has it.
library CreditCode {
    uint256 private constant LENGTH = 18;
    uint256 private constant MODULUS = 31;

    /// @notice Whether 18 characters are a credit code: its alphabet, and a last character that fits.
    /// @dev Character i of 17 weighs 3^(i-1) mod 31; the last one makes the weighted sum 0 mod 31.
    /// @param code The characters in ASCII.
    /// @return True when they are.
    function isValid(bytes18 code) internal pure returns (bool) {
        uint256 sum = 0;
        uint256 weight = 1;
        for (uint256 i = 0; i < LENGTH - 1; i++) {
            uint256 value = _valueOf(code[i]);
            if (value == MODULUS) return false;
            sum += value * weight;
            weight = (weight * 3) % MODULUS;
        }
        return _valueOf(code[LENGTH - 1]) == (MODULUS - (sum % MODULUS)) % MODULUS;
    }

    /// @dev 0 to 30, or 31 for what is not in 0123456789ABCDEFGHJKLMNPQRTUWXY (no I, O, S, V, Z).
    function _valueOf(bytes1 character) private pure returns (uint256) {
        if (character >= "0" && character <= "9") return uint8(character) - uint8(bytes1("0"));
        if (character >= "A" && character <= "H") return uint8(character) - uint8(bytes1("A")) + 10;
        if (character >= "J" && character <= "N") return uint8(character) - uint8(bytes1("J")) + 18;
        if (character >= "P" && character <= "R") return uint8(character) - uint8(bytes1("P")) + 23;
        if (character == "T" || character == "U") return uint8(character) - uint8(bytes1("T")) + 26;
        if (character >= "W" && character <= "Y") return uint8(character) - uint8(bytes1("W")) + 28;
        return MODULUS;
    }
}
