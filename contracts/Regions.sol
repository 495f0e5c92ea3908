// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Administrative regions (行政区划)
/// @notice Reads GB/T 2260 codes: a province `pp0000`, a city in it `ppcc00`, a district in that `ppccdd`,
/// and 0 for the whole country.
library Regions {
    /// @notice The whole country.
    uint24 internal constant COUNTRY = 0;

    uint24 private constant PROVINCE = 10_000;
    uint24 private constant CITY = 100;

    /// @notice Whether a number has the form of a region code; whether the region exists is not asked.
    /// @dev A district without a city (`pp00dd`) is no code.
    /// @param region The number to look at.
    /// @return True for 0 and for a code of six digits.
    function isValid(uint24 region) internal pure returns (bool) {
        if (region == COUNTRY) return true;
        if (region < 100_000 || region > 999_999) return false;
        return cityOf(region) != provinceOf(region) || region == provinceOf(region);
    }

    /// @notice Whether a region is another one or lies in it.
    /// @param region The region that may lie in the other, a valid code.
    /// @param outer The other one, a valid code.
    /// @return True when it is or does.
    function isWithin(uint24 region, uint24 outer) internal pure returns (bool) {
        return
            outer == COUNTRY ||
            outer == region ||
            outer == cityOf(region) ||
            outer == provinceOf(region);
    }

    /// @notice The province that a region lies in.
    /// @param region A valid code.
    /// @return The province; a province is its own, as is the whole country.
    function provinceOf(uint24 region) internal pure returns (uint24) {
        return region - (region % PROVINCE);
    }

    /// @notice The city that a region lies in.
    /// @param region A valid code.
    /// @return The city; a city is its own, as are a province and the whole country.
    function cityOf(uint24 region) internal pure returns (uint24) {
        return region - (region % CITY);
    }
}
