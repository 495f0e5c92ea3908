// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Where everything is
/// @notice The one address a client is configured with: it names the contracts of one deployment.
interface IDirectory {
    function protocolVersion() external view returns (uint16);

    /// @notice The block that deployed this directory; no event of the deployment is older than
    /// `firstBlock`.
    function firstBlock() external view returns (uint64);

    function accessManager() external view returns (address);

    function agencyRegistry() external view returns (address);

    function certificateCatalog() external view returns (address);

    function batchAnchor() external view returns (address);

    function statusRegistry() external view returns (address);

    function recognitionPolicy() external view returns (address);

    /// @notice The directory of the version before this one, or 0.
    function predecessor() external view returns (address);
}
